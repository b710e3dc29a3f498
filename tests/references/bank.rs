#[derive(Debug, Clone, PartialEq)]
pub enum BankError {
    InvalidAmount,
    InsufficientFunds,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    balance: u64,
}

impl Account {
    pub fn new() -> Account {
        Account { balance: 0 }
    }

    pub fn balance(&self) -> u64 {
        self.balance
    }

    pub fn deposit(&mut self, amount: u64) -> Result<(), BankError> {
        if amount == 0 {
            return Err(BankError::InvalidAmount);
        }
        self.balance += amount;
        Ok(())
    }

    pub fn withdraw(&mut self, amount: u64) -> Result<(), BankError> {
        if amount == 0 {
            return Err(BankError::InvalidAmount);
        }
        self.balance = self.balance.checked_sub(amount).ok_or(BankError::InsufficientFunds)?;
        Ok(())
    }
}
