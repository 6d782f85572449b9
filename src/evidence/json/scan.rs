//! Looking at the value that comes next, and reading plain numbers without a detour over text.

use std::io::BufRead;

use super::cursor::Cursor;
use crate::evidence::digits;
use crate::evidence::reading::Stop;

/// Most digits of a plain number; more could overflow.
const DIGITS: usize = 18;

/// What kind of value comes next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{`
    Object,
    /// `[`
    List,
    /// A string.
    Text,
    /// A number, `true`, `false`, `null`, or nothing that JSON knows.
    Word,
}

impl<R: BufRead> Cursor<R> {
    /// The kind of the value that comes next, which stays.
    pub fn kind(&mut self) -> Result<Kind, Stop> {
        Ok(match self.peek()? {
            b'{' => Kind::Object,
            b'[' => Kind::List,
            b'"' => Kind::Text,
            _ => Kind::Word,
        })
    }

    /// Whether nothing but white space follows.
    pub fn is_at_end(&mut self) -> Result<bool, Stop> {
        Ok(self.peek_or_end()?.is_none())
    }

    /// A `true` or `false` that comes next; any other value is passed over.
    pub fn flag(&mut self) -> Result<bool, Stop> {
        self.peek()?;
        let (is_true, length) = match self.buffer()? {
            [b't', b'r', b'u', b'e', b',' | b']', ..] => (true, 4),
            [b'f', b'a', b'l', b's', b'e', b',' | b']', ..] => (false, 5),
            _ => return Ok(self.value()?.is_true()),
        };
        self.consume(length);
        Ok(is_true)
    }

    /// A list of whole numbers, `true` (1) and `false` (0) that comes next: how many there are, and the first ones in
    /// `row`. Any other value stays where it is, and so does a list that the buffer cuts: [`Cursor::list`] reads them.
    pub fn row(&mut self, row: &mut [u64]) -> Result<Option<usize>, Stop> {
        self.peek()?;
        let Some((count, length)) = leading_row(self.buffer()?, row) else { return Ok(None) };
        self.consume(length);
        Ok(Some(count))
    }

    /// Goes on with the rows that follow in a list, as long as they lie whole in the buffer, nothing but a comma is before
    /// them, and `take` accepts them: how many elements a row has, and the first ones.
    pub fn following_rows<const N: usize>(
        &mut self,
        mut take: impl FnMut(usize, [u64; N]) -> bool,
    ) -> Result<(), Stop> {
        let buffer = self.buffer()?;
        let (mut rest, mut row) = (buffer, [0; N]);
        while let [b',', ahead @ ..] = rest
            && let Some((count, length)) = leading_row(ahead, &mut row)
            && take(count, std::mem::replace(&mut row, [0; N]))
        {
            rest = ahead.get(length..).unwrap_or_default();
        }
        let count = buffer.len() - rest.len();
        self.consume(count);
        Ok(())
    }

    /// A whole number without sign and exponent that comes next. Any other value stays where it is, and so does
    /// a number that the buffer cuts: [`Cursor::value`] reads them all.
    pub fn plain_number(&mut self) -> Result<Option<u64>, Stop> {
        // White space before it is rare, and asking for the buffer takes most of the time.
        if !matches!(self.buffer()?, [b'0'..=b'9', ..]) {
            self.peek()?;
        }
        let Some((number, length)) = leading_number(self.buffer()?) else { return Ok(None) };
        self.consume(length);
        Ok(Some(number))
    }
}

impl<R: BufRead> Cursor<R> {
    /// The next key of an object, if it lies whole in the buffer, is written as it is meant and has nothing but its comma
    /// and its colon around it, as nearly all do. Else everything stays where it is, as before a key of more than `limit` bytes; with the
    /// limit 0 a key is passed over.
    pub(super) fn plain_key(
        &mut self,
        first: &mut bool,
        key: &mut String,
        limit: usize,
    ) -> Result<bool, Stop> {
        let buffer = self.buffer()?;
        let rest = match buffer {
            [b'"', rest @ ..] if *first => rest,
            [b',', b'"', rest @ ..] if !*first => rest,
            _ => return Ok(false),
        };
        let end = memchr::memchr2(b'"', b'\\', rest);
        let Some((plain, [b'"', b':', behind @ ..])) = end.and_then(|end| rest.split_at_checked(end)) else {
            return Ok(false);
        };
        let Ok(kept) = str::from_utf8(if limit == 0 { &[] } else { plain }) else { return Ok(false) };
        if kept.len() > limit {
            return Ok(false);
        }
        key.push_str(kept);
        let count = buffer.len() - behind.len();
        *first = false;
        self.consume(count);
        Ok(true)
    }
}

/// How many elements the row has that `bytes` begin with, and its length.
fn leading_row(bytes: &[u8], row: &mut [u64]) -> Option<(usize, usize)> {
    let [b'[', inner @ ..] = bytes else { return None };
    let mut rest = inner;
    for count in 1.. {
        rest = without_space(rest);
        let (element, length) = match rest {
            [b't', b'r', b'u', b'e', ..] => (1, 4),
            [b'f', b'a', b'l', b's', b'e', ..] => (0, 5),
            _ => leading_number(rest)?,
        };
        if let Some(place) = row.get_mut(count - 1) {
            *place = element;
        }
        rest = without_space(rest.get(length..)?);
        let (next, behind) = rest.split_first()?;
        rest = behind;
        match next {
            b',' => {}
            b']' => return Some((count, bytes.len() - rest.len())),
            _ => return None,
        }
    }
    None
}

/// What follows white space, of which there is none in most files.
#[inline]
fn without_space(bytes: &[u8]) -> &[u8] {
    match bytes.first() {
        Some(b'!'..) => bytes,
        _ => bytes.trim_ascii_start(),
    }
}

/// The number that `bytes` begin with and its length, if what follows ends it.
#[inline]
fn leading_number(bytes: &[u8]) -> Option<(u64, usize)> {
    let (number, length) = digits::leading(bytes)?;
    let rest = bytes.get(length..)?;
    let is_ended = matches!(rest, [b',' | b']' | b'}' | b' ' | b'\n' | b'\r' | b'\t', ..]);
    (is_ended && length <= DIGITS).then_some((number, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_are_taken_and_all_others_stay() {
        assert_eq!(leading_number(b"0,1"), Some((0, 1)));
        assert_eq!(leading_number(b"123456789012345678]"), Some((123_456_789_012_345_678, 18)));
        for other in [&b"1234567890123456789,"[..], b"-1,", b"1.5,", b"1e3,", b"null", b"12", b",", b""] {
            assert_eq!(leading_number(other), None);
        }
    }

    #[test]
    fn rows_that_follow_are_taken_as_long_as_they_are_wanted() {
        let text = b"[[1,2],[3,true,5],[],[\"x\"],[7]]";
        let (mut taken, mut others) = (Vec::new(), 0);
        let mut json = Cursor::new(&text[..]);
        json.list(|json| {
            others += 1;
            json.skip()?;
            json.following_rows(|count, row: [u64; 2]| {
                taken.push((count, row));
                count != 3
            })
        })
        .unwrap();
        assert_eq!(taken, [(3, [3, 1]), (1, [7, 0])]);
        assert_eq!(others, 4);
        let mut json = Cursor::new(&b"[[1,2],[3,true,5],[6],{},[7]]"[..]);
        json.skip().unwrap();
        assert!(json.is_at_end().unwrap());
        assert!(Cursor::new(&b"[[1],[2],]"[..]).skip().is_err());
        assert!(Cursor::new(&b"[[1],[2]"[..]).skip().is_err());
    }

    #[test]
    fn rows_are_taken_whole_and_all_other_lists_stay() {
        let mut row = [7; 3];
        assert_eq!(leading_row(b"[1, 20 ,true,false]x", &mut row), Some((4, 19)));
        assert_eq!(row, [1, 20, 1]);
        for other in
            ["[]", "[1", "[1,]", "[1 2]", "[trues]", "[-1]", "[1.0]", "[[1]]", "[\"1\"]", "[null]", "1"]
        {
            assert_eq!(leading_row(other.as_bytes(), &mut []), None, "{other}");
        }
    }

    #[test]
    fn the_next_kind_is_known_before_it_is_read() {
        let mut cursor = Cursor::new(&b"[{}, \"a\", 7, null]"[..]);
        let mut kinds = Vec::new();
        assert_eq!(cursor.kind(), Ok(Kind::List));
        let list = cursor.list(|cursor| {
            kinds.push((cursor.kind()?, cursor.plain_number()?));
            if kinds.last().is_some_and(|(_, number)| number.is_none()) { cursor.skip() } else { Ok(()) }
        });
        assert_eq!(list, Ok(true));
        let (object, text, word) = ((Kind::Object, None), (Kind::Text, None), (Kind::Word, None));
        assert_eq!(kinds, [object, text, (Kind::Word, Some(7)), word]);
    }
}
