//! What a reader sees of a line: no emphasis, no links, no tags; digits in code are no numbers.

/// `line` as it reads.
pub(super) fn plain(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(character) = rest.chars().next() {
        let after = rest.get(character.len_utf8()..).unwrap_or_default();
        rest = match character {
            '`' => code(rest, &mut out),
            '!' if after.starts_with('[') => image(after),
            '[' => link(after, &mut out),
            '<' => tag(after, &mut out),
            '*' if !between_spaces(&out, after) => after,
            '_' if after.starts_with('_') || out.ends_with('_') => after.trim_start_matches('_'),
            '\\' if after.starts_with(|c: char| c.is_ascii_punctuation()) => after,
            '\u{fe0f}' | '\u{200d}' => after,
            '\u{a0}' | '\t' => {
                out.push(' ');
                after
            }
            _ => {
                out.push(character);
                after
            }
        };
    }
    out.trim().to_owned()
}

/// Whether a star multiplies: spaces or digits on both sides.
fn between_spaces(before: &str, after: &str) -> bool {
    let both = |fits: fn(char) -> bool| before.ends_with(fits) && after.starts_with(fits);
    both(|c| c == ' ') || both(|c| c.is_ascii_digit())
}

/// A code span. Its digits are masked, unless it is nothing but a number.
fn code<'a>(text: &'a str, out: &mut String) -> &'a str {
    let ticks = text.len() - text.trim_start_matches('`').len();
    let (fence, body) = text.split_at_checked(ticks).unwrap_or((text, ""));
    let Some((inside, after)) = body.split_once(fence) else {
        return body;
    };
    let number = |c: char| c.is_ascii_digit() || " ,.%/+-<>~".contains(c);
    if inside.chars().all(number) {
        out.push_str(inside);
    } else {
        out.extend(inside.chars().map(|c| if c.is_ascii_digit() { '·' } else { c }));
    }
    after
}

fn image(text: &str) -> &str {
    match text.split_once("](") {
        Some((_, target)) => target.split_once(')').map_or("", |(_, after)| after),
        None => text,
    }
}

/// A link reads as its text, without its target.
fn link<'a>(text: &'a str, out: &mut String) -> &'a str {
    let Some((shown, after)) = text.split_once(']') else {
        out.push('[');
        return text;
    };
    match after.strip_prefix('(').and_then(|target| target.split_once(')')) {
        Some((_, after)) if !shown.contains('[') => {
            out.push_str(&shown.replace(['*', '`', '_'], ""));
            after
        }
        _ => {
            out.push('[');
            text
        }
    }
}

/// Tags and autolinks vanish; a lone `<` is a comparison.
fn tag<'a>(text: &'a str, out: &mut String) -> &'a str {
    let opens = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    match text.split_once('>') {
        Some((_, after)) if opens => after,
        _ => {
            out.push('<');
            text
        }
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_line_reads_as_on_the_page() {
        assert_eq!(plain("**Total**: `92/100` (<100ms, *net*)"), "Total: 92/100 (<100ms, net)");
        assert_eq!(plain("see [the 3 docs](https://x/100%25) and `port 80`"), "see the 3 docs and port ··");
        assert_eq!(plain("![coverage 90%](badge.svg) <b>x</b> 10 * 3"), "x 10 * 3");
        assert_eq!(plain("unclosed ` tick [x] [ ] <5s"), "unclosed  tick [x] [ ] <5s");
    }
}
