pub fn calculate(left: f64, operator: &str, right: f64) -> Result<f64, String> {
    match operator {
        "+" => Ok(left + right),
        "-" => Ok(left - right),
        "x" => Ok(left * right),
        "/" if right == 0.0 => Err("division by zero".to_string()),
        "/" => Ok(left / right),
        _ => Err(format!("no such operator: {operator}")),
    }
}

pub fn run(args: &[String]) -> Result<String, String> {
    let [left, operator, right] = args else {
        return Err("three arguments are needed".to_string());
    };
    let number = |text: &String| text.parse::<f64>().map_err(|error| error.to_string());
    Ok(calculate(number(left)?, operator, number(right)?)?.to_string())
}
