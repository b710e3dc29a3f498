VALUES = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1]
SYMBOLS = ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"]


def to_roman(number: int) -> str:
    if not 1 <= number <= 3999:
        raise ValueError(number)
    text = ""
    for value, symbol in zip(VALUES, SYMBOLS, strict=True):
        text += symbol * (number // value)
        number %= value
    return text


def from_roman(text: str) -> int:
    number, rest = 0, text.upper()
    for value, symbol in zip(VALUES, SYMBOLS, strict=True):
        while rest.startswith(symbol):
            number, rest = number + value, rest[len(symbol) :]
    if rest or to_roman(number) != text.upper():
        raise ValueError(text)
    return number
