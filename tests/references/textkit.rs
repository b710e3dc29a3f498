pub fn is_palindrome(text: &str) -> bool {
    let letters: Vec<char> = text.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    letters.iter().eq(letters.iter().rev())
}

pub fn reverse_words(text: &str) -> String {
    text.split_whitespace().rev().collect::<Vec<_>>().join(" ")
}

pub fn longest_word(text: &str) -> Option<String> {
    let mut longest: Option<&str> = None;
    for word in text.split_whitespace() {
        if longest.map_or(true, |found| word.len() > found.len()) {
            longest = Some(word);
        }
    }
    longest.map(str::to_string)
}
