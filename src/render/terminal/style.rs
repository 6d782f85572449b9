//! Colours.

/// Whether colours are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// No escape sequence at all.
    #[default]
    Plain,
    /// The sixteen colours that every terminal has.
    Ansi,
}

/// Where text is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Whether it has colours.
    pub color: Color,
    /// Columns that sentences fill; tables may be wider.
    pub columns: usize,
}

impl Screen {
    /// A file, a pipe, or a log.
    pub const PLAIN: Self = Self { color: Color::Plain, columns: 100 };
}

/// What a piece of text is, as far as its colour goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tone {
    #[default]
    Normal,
    Strong,
    Good,
    Bad,
    Odd,
    Faint,
}

impl Tone {
    fn code(self) -> Option<&'static str> {
        match self {
            Self::Normal => None,
            Self::Strong => Some("1"),
            Self::Good => Some("32"),
            Self::Bad => Some("31"),
            Self::Odd => Some("33"),
            Self::Faint => Some("2"),
        }
    }

    /// `text` in this tone.
    pub(super) fn paint(self, text: &str, color: Color) -> String {
        match (self.code(), color) {
            (Some(code), Color::Ansi) if !text.is_empty() => format!("\u{1b}[{code}m{text}\u{1b}[0m"),
            _ => text.to_owned(),
        }
    }
}
