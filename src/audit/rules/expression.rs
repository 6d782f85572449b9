//! Arithmetic that is written out: `30 - 12 - 4.5 = 13.5`, `0.4 × 70 + 0.6 × 80 = 76`, `(83 + 81) / 2 = 82`.

use num_traits::{Signed as _, Zero as _};

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{quantities, shown, ulp};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, parse_decimal};

/// More terms than anybody writes out.
const MOST: usize = 60;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (line, text, _) in facts.texts() {
        for (at, _) in text.match_indices('=').take(MOST) {
            judge(line, text, at, findings);
        }
    }
}

#[derive(Clone, Debug)]
enum Token {
    Number(Exact),
    Sign(char),
}

fn judge(line: u32, text: &str, at: usize, findings: &mut Findings) {
    let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + 1..).unwrap_or_default());
    let Some(tokens) = tokens(expression(before)) else { return };
    let signs: Vec<char> =
        tokens.iter().filter_map(|t| if let Token::Sign(sign) = t { Some(*sign) } else { None }).collect();
    // A lone fraction is one for the rules of ratios.
    let several = signs.iter().any(|sign| matches!(sign, '-' | '*' | '/')) && signs != ['/'];
    let Some(stated) =
        quantities(after).into_iter().next().filter(|q| q.is_point() && q.over.is_none() && !q.signed)
    else {
        return;
    };
    let lead = after.get(..stated.start).unwrap_or_default().trim();
    let rest = after.get(stated.end..).unwrap_or_default().trim_start();
    let goes_on = rest.starts_with(['+', '-', '×', '*', '/', '=', '−', '–']) && !rest.starts_with("- ");
    if !several || !lead.is_empty() || goes_on || rest.starts_with("x ") {
        return;
    }
    let Some(exact) = value(&tokens) else { return };
    // Numbers that are written with decimals may be rounded.
    let rounded = signs.iter().any(|sign| matches!(sign, '*' | '/')) || stated.decimals > 0;
    let slack = if rounded { ulp(stated.decimals) } else { Exact::zero() };
    let percent = &exact * Exact::from_integer(100.into());
    let fits = |exact: &Exact| (exact - &stated.low).abs() <= slack;
    if !fits(&exact) && !fits(&percent) && !findings.has(Rule::Sum, line) {
        let said = after.get(stated.start..stated.end).unwrap_or_default().to_owned();
        let message = format!("`{}` is {}, not {said}", expression(before).trim(), shown(&exact));
        findings.add(Rule::Sum, line, message, (said, Some(shown(&exact))));
    }
}

/// The longest end of a text that holds nothing but numbers and signs.
fn expression(before: &str) -> &str {
    let fits = |c: char| c.is_ascii_digit() || " .,+-−–×*x/()·".contains(c);
    let start =
        before.char_indices().rev().take_while(|(_, c)| fits(*c)).last().map_or(before.len(), |(at, _)| at);
    let text = before.get(start..).unwrap_or_default();
    // A bracket that is not closed opens the remark that the arithmetic stands in.
    let mut depth = 0;
    let open = text.char_indices().rev().find(|(_, c)| {
        depth += i32::from(*c == ')') - i32::from(*c == '(');
        depth < 0
    });
    let text = open.and_then(|(at, _)| text.get(at + 1..)).unwrap_or(text).trim();
    // What follows a word with a comma or a colon stands alone; behind a word without one it may be only a part.
    text.trim_start_matches([',', '.', ' '])
}

fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if found.len() > MOST {
            return None;
        }
        if first.is_ascii_digit() {
            let length =
                rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
            let number = rest.get(..length)?;
            found.push(Token::Number(parse_number(number)?));
            rest = rest.get(length..)?;
            continue;
        }
        rest = rest.get(first.len_utf8()..)?;
        match first {
            ' ' => {}
            '×' | 'x' | '*' | '·' => found.push(Token::Sign('*')),
            '-' | '−' | '–' => found.push(Token::Sign('-')),
            '+' | '/' | '(' | ')' => found.push(Token::Sign(first)),
            _ => return None,
        }
    }
    Some(found)
}

/// `1,200.5`; a comma that does not part thousands parts numbers.
fn parse_number(text: &str) -> Option<Exact> {
    let (whole, _) = text.split_once('.').unwrap_or((text, ""));
    let mut groups = whole.split(',');
    groups.next()?;
    groups.all(|group| group.len() == 3).then(|| parse_decimal(&text.replace(',', "")))?
}

/// What it comes to, products first; nothing where signs and numbers do not alternate.
fn value(tokens: &[Token]) -> Option<Exact> {
    let (mut numbers, mut signs): (Vec<Exact>, Vec<char>) = (Vec::new(), Vec::new());
    let mut operand = true;
    for token in tokens {
        match token {
            Token::Number(number) if operand => {
                numbers.push(number.clone());
                operand = false;
            }
            Token::Sign('(') if operand => signs.push('('),
            Token::Sign(')') if !operand => {
                while let Some(sign) = signs.pop().filter(|sign| *sign != '(') {
                    reduce(&mut numbers, sign)?;
                }
            }
            Token::Sign(sign @ ('+' | '-' | '*' | '/')) if !operand => {
                while let Some(last) = signs.last().copied().filter(|last| rank(*last) >= rank(*sign)) {
                    signs.pop();
                    reduce(&mut numbers, last)?;
                }
                signs.push(*sign);
                operand = true;
            }
            _ => return None,
        }
    }
    while let Some(sign) = signs.pop() {
        reduce(&mut numbers, sign)?;
    }
    let result = numbers.pop()?;
    (numbers.is_empty() && !operand).then_some(result)
}

fn rank(sign: char) -> u8 {
    match sign {
        '+' | '-' => 1,
        '*' | '/' => 2,
        _ => 0,
    }
}

fn reduce(numbers: &mut Vec<Exact>, sign: char) -> Option<()> {
    let (b, a) = (numbers.pop()?, numbers.pop()?);
    numbers.push(match sign {
        '+' => a + b,
        '-' => a - b,
        '*' => a * b,
        '/' if !b.is_zero() => a / b,
        _ => return None,
    });
    Some(())
}
