//! Passing over a value of any size and depth, without recursion; what is passed over is checked all the same.

use std::io::BufRead;

use super::cursor::Cursor;
use super::fault::MAX_DEPTH;
use crate::evidence::reading::Stop;

/// A container that is open while its content is passed over.
#[derive(Clone, Copy)]
enum Open {
    Object,
    List,
}

impl<R: BufRead> Cursor<R> {
    /// Passes over the value that comes next.
    pub fn skip(&mut self) -> Result<(), Stop> {
        let mut open = Vec::new();
        loop {
            let mut first = self.begin(&mut open)?;
            loop {
                let more = match open.last() {
                    None => return Ok(()),
                    Some(Open::Object) => self.skip_key(&mut first)?,
                    Some(Open::List) => {
                        if !first {
                            self.following_rows(|_, _: [u64; 0]| true)?;
                        }
                        self.next_element(&mut first)?
                    }
                };
                if more {
                    break;
                }
                open.pop();
            }
        }
    }

    /// Goes into a container or passes over a scalar; the answer is whether a container was entered.
    fn begin(&mut self, open: &mut Vec<Open>) -> Result<bool, Stop> {
        match self.peek()? {
            b'{' => open.push(Open::Object),
            // Most lists are rows of numbers.
            b'[' if self.row(&mut [])?.is_some() => return Ok(false),
            b'[' => open.push(Open::List),
            b'"' => return self.string_into(&mut String::new(), 0).map(|()| false),
            _ => return self.scalar().map(|_| false),
        }
        self.enter(MAX_DEPTH).map(|()| true)
    }
}
