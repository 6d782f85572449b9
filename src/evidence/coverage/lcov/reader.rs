//! Walks a tracefile line by line.

use std::io::BufRead;

use super::super::lines::{self, Line};
use super::super::merge::Files;
use super::super::oddities::{Oddities, Oddity, reconcile};
use super::super::{lexical, number};
use super::record::{self, Taken};
use super::section::Section;
use crate::evidence::bytes::Place;
use crate::evidence::reading::{Reading, Stop};
use crate::model::branches::SharedBranches;
use crate::model::coverage::{ClaimedTotals, CoverageReport, Covered};
use crate::model::input::Problem;

/// Whether a text that begins with `head` is an LCOV tracefile: one of its first lines opens a section.
pub fn looks_like(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    let known = |line: &str| ["TN:", "SF:", "VER:"].iter().any(|key| line.starts_with(key));
    lines.next().is_some_and(known)
}

/// Reads a tracefile.
pub fn read(source: impl BufRead) -> Reading<CoverageReport> {
    let mut reader = Reader::default();
    match lines::for_each(source, |line| reader.line(line)) {
        Ok(()) => reader.finish(),
        Err(stop) => Reading::stopped(None, reader.oddities.problems(), stop),
    }
}

#[derive(Default)]
struct Reader {
    files: Files,
    current: Option<Section>,
    /// The emptied last section, whose lists have room for the next one.
    spare: Section,
    shared: SharedBranches,
    stated: Stated,
    oddities: Oddities,
    last_line: u64,
    /// The last line has no end and makes no sense.
    is_cut: bool,
}

/// What the sections state, added up; nothing once a section says nothing or a file comes twice.
#[derive(Default)]
struct Stated {
    lines: Covered,
    is_partial: bool,
}

impl Reader {
    fn line(&mut self, line: Line<'_>) {
        self.last_line = line.number;
        // By far the most frequent record comes first.
        if let (Some(rest), Some(section)) = (line.text.strip_prefix(b"DA:"), &mut self.current)
            && let Some((line, hits)) = record::plain_data(rest.trim_ascii_end())
        {
            section.add_line(line, hits);
            return;
        }
        let text = line.text.trim_ascii();
        if text.starts_with(b"#") {
            return;
        }
        let (key, rest) = match memchr::memchr(b':', text).and_then(|at| text.split_at_checked(at)) {
            Some((key, rest)) => (key, rest.get(1..).unwrap_or_default()),
            None => (text, &[][..]),
        };
        let known = self.record(key, rest, line);
        self.is_cut = line.is_open && known.is_none() && !text.is_empty();
    }

    /// Takes in one record; nothing when it is not one that counts or cannot be read.
    fn record(&mut self, key: &[u8], rest: &[u8], line: Line<'_>) -> Option<()> {
        match key {
            b"SF" => self.begin(rest, line.number),
            b"end_of_record" => self.end(),
            b"DA" | b"BRDA" | b"FN" | b"FNDA" | b"FNL" | b"FNA" | b"LF" | b"LH" => {
                let Some(section) = &mut self.current else {
                    note(&mut self.oddities, Oddity::NoPath, line);
                    return Some(());
                };
                let read = Record { section, oddities: &mut self.oddities, line }.add(key, rest);
                if section.is_full() {
                    self.files.add(section.path.clone(), section.take(&mut self.shared));
                }
                if read.is_none() {
                    note(&mut self.oddities, Oddity::Malformed, line);
                }
                return read;
            }
            b"TN" | b"VER" | b"BRF" | b"BRH" | b"FNF" | b"FNH" | b"MCDC" | b"MCF" | b"MCH" => {}
            _ => return None,
        }
        Some(())
    }

    fn begin(&mut self, path: &[u8], number: u64) {
        if self.current.is_some() {
            self.unterminated(number);
        }
        let written = record::text(path);
        let path = lexical::normalise(&written);
        let place = Place { line: number, column: 1 };
        if path.is_empty() {
            self.oddities.note(Oddity::NoPath, place, "SF:");
            return;
        }
        if path.starts_with("../") {
            self.oddities.note(Oddity::Outside, place, &written);
        }
        self.stated.is_partial |= self.files.contains(&path);
        self.current = Some(std::mem::take(&mut self.spare).reused(path));
    }

    fn end(&mut self) {
        let Some(mut section) = self.current.take() else { return };
        match section.stated() {
            Some(lines) => {
                self.stated.lines.covered = self.stated.lines.covered.saturating_add(lines.covered);
                self.stated.lines.total = self.stated.lines.total.saturating_add(lines.total);
            }
            None => self.stated.is_partial = true,
        }
        let file = section.take(&mut self.shared);
        self.files.add(std::mem::take(&mut section.path), file);
        self.spare = section;
    }

    /// Says that the current section was not ended, and ends it.
    fn unterminated(&mut self, number: u64) {
        let path = self.current.as_ref().map_or("", |section| section.path.as_str());
        let place = Place { line: number, column: 1 };
        self.oddities.note(Oddity::Unterminated, place, &format!("SF:{path}"));
        self.end();
    }

    fn finish(mut self) -> Reading<CoverageReport> {
        let cut = self.is_cut && self.current.is_some();
        if self.current.is_some() {
            self.unterminated(self.last_line);
        }
        let files = self.files.finish();
        let claimed = (!self.stated.is_partial && !files.is_empty()).then_some(self.stated.lines);
        let report = CoverageReport { files, roots: Vec::new(), claimed: ClaimedTotals { lines: claimed } };
        let mut problems = self.oddities.problems();
        problems.extend(reconcile(&report));
        if cut {
            let message = "the file ends in the middle of a record; what came before it is kept";
            let stop = Stop::incomplete(Problem::error(message).at(self.last_line, 1));
            return Reading::stopped(Some(report), problems, stop);
        }
        let has_lines = report.files.values().any(|file| !file.lines.is_empty());
        if !has_lines {
            problems.push(Problem::warning("the report names no coverable line, so it measures nothing"));
        }
        Reading::complete(has_lines.then_some(report), problems)
    }
}

fn note(oddities: &mut Oddities, kind: Oddity, line: Line<'_>) {
    oddities.note(kind, Place { line: line.number, column: 1 }, &record::text(line.text.trim_ascii()));
}

/// One record on its way into its section.
struct Record<'a> {
    section: &'a mut Section,
    oddities: &'a mut Oddities,
    line: Line<'a>,
}

impl Record<'_> {
    /// Nothing when the record lacks a field.
    fn add(mut self, key: &[u8], rest: &[u8]) -> Option<()> {
        match key {
            b"DA" => self.data(rest),
            b"BRDA" => self.branch(rest),
            b"FN" => {
                self.section.functions.add(&record::text(record::function_name(rest)?), false);
                Some(())
            }
            b"FNDA" => {
                let (hits, name) = record::split(rest)?;
                let ran = self.ran(hits);
                self.section.functions.add(&record::text(name), ran);
                Some(())
            }
            b"FNL" => {
                let (index, place) = record::split(rest)?;
                let start = record::split(place).map_or(place, |(start, _)| start);
                self.section.functions.add_group(&record::text(index), &record::text(start));
                Some(())
            }
            b"FNA" => {
                let (index, rest) = record::split(rest)?;
                let (hits, alias) = record::split(rest)?;
                let ran = self.ran(hits);
                self.section.functions.add_alias(&record::text(index), &record::text(alias), ran);
                Some(())
            }
            b"LF" => stated(rest).map(|total| self.section.stated_total = Some(total)),
            _ => stated(rest).map(|covered| self.section.stated_covered = Some(covered)),
        }
    }

    fn data(&mut self, rest: &[u8]) -> Option<()> {
        let (line, rest) = record::split(rest)?;
        let hits = record::split(rest).map_or(rest, |(hits, _)| hits);
        match number::line(&record::text(line)) {
            Some(line) => {
                let hits = self.hits(hits);
                self.section.add_line(line, hits);
            }
            None => note(self.oddities, Oddity::LineNumber, self.line),
        }
        Some(())
    }

    fn branch(&mut self, rest: &[u8]) -> Option<()> {
        let branch = record::branch(rest)?;
        if branch.is_unreachable {
            return Some(());
        }
        let Some(line) = record::branch_line(branch.line) else {
            note(self.oddities, Oddity::LineNumber, self.line);
            return Some(());
        };
        if branch.taken == Taken::Unknown {
            note(self.oddities, Oddity::Hits, self.line);
        }
        self.section.branches.add(line, &record::text(branch.name), branch.taken == Taken::Yes);
        Some(())
    }

    fn ran(&mut self, hits: &[u8]) -> bool {
        self.hits(hits) > 0
    }

    fn hits(&mut self, field: &[u8]) -> u32 {
        number::hits(&record::text(field)).unwrap_or_else(|| {
            note(self.oddities, Oddity::Hits, self.line);
            0
        })
    }
}

fn stated(field: &[u8]) -> Option<u64> {
    record::text(field).trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::shown;

    fn shown(text: &str) -> String {
        shown::shown(&read(text.as_bytes()))
    }

    #[test]
    fn records_of_all_dialects_are_read() {
        insta::assert_snapshot!(shown("\
#made by hand after geninfo(1)
TN:unit
SF:src/a.cpp
VER:1
FN:3,9,int f<int, int>(int)
FNDA:2,int f<int, int>(int)
FN:12,g()
BRDA:3,0,0,1
BRDA:3,e0,1,-
BRDA:3,U0,2,-
BRDA:3,1,jump to line 4, or 5,0
DA:3,2,4gJGHzLkTFjUjmOBY0Vvbg
DA:5,1.5e+10
DA:4,0
DA:4,1
MCDC:4,2,t,1,0,a
LF:3
LH:3
end_of_record
SF:C:\\repo\\src\\b.cpp
FNL:0,3,9
FNA:0,0,f<int>()
FNA:0,2,f<double>()
FNL:1,12
FNA:1,0,g()
DA:12,0
LF:1
LH:0
end_of_record
"), @"
        measured
        C:/repo/src/b.cpp [(12, 0)] functions 1/2
        src/a.cpp [(3, 2), (4, 1), (5, 4294967295)] branches 1/3 functions 1/2
        ");
    }

    #[test]
    fn sections_of_one_file_are_united() {
        let text = "SF:a.c\nDA:1,1\nDA:2,0\nBRDA:2,0,0,-\nLF:2\nLH:1\nend_of_record\n\
                    TN:other\nSF:./a.c\nDA:2,5\nDA:3,0\nBRDA:2,0,0,3\nLF:2\nLH:1\nend_of_record\n";
        assert_eq!(shown(text), "measured\na.c [(1, 1), (2, 5), (3, 0)] branches 1/1");
    }

    #[test]
    fn windows_line_ends_and_trailing_blanks_change_nothing() {
        let text = "TN:\nSF:src/a.c\nFN:1,f\nFNDA:1,f\nDA:1,1\nDA:2,0\nBRDA:2,0,0,-\nend_of_record\n";
        assert_eq!(shown(&text.replace('\n', "\r\n")), shown(text));
        assert_eq!(shown(&text.replace('\n', " \n")), shown(text));
    }

    #[test]
    fn odd_records_are_said_once_each_with_their_place() {
        insta::assert_snapshot!(shown("\
DA:1,1
SF:
DA:1,1
DA:2,1
end_of_record
SF:../../outside.c
DA:0,1
DA:-5,1
DA:99999999999999999999,1
DA:7
DA:8,=====
DA:9,-1
DA:4294967295,18446744073709551616
BRDA:9,0,0,None
BRDA:9
SF:src/b.c
DA:1,0
LF:9
LH:9
"), @"
        measured
        ../../outside.c [(8, 0), (9, 0), (4294967295, 4294967295)] branches 0/1
        src/b.c [(1, 0)]
        warning 1:1 `DA:1,1`: belongs to no source file; left out (4 times, the first one here)
        warning 6:1 `../../outside.c`: a source file above the project; kept as a name only
        warning 7:1 `DA:0,1`: no line number from 1 to 4294967295; left out (3 times, the first one here)
        warning 10:1 `DA:7`: cannot be read; left out (2 times, the first one here)
        warning 11:1 `DA:8,=====`: no hit count; taken as not run (3 times, the first one here)
        warning 16:1 `SF:../../outside.c`: has no `end_of_record`; kept (2 times, the first one here)
        ");
    }

    #[test]
    fn a_file_cut_in_the_middle_of_a_record_is_incomplete() {
        let whole = "SF:a.c\nDA:1,1\nend_of_record\nSF:b.c\nDA:1,0\n";
        assert!(shown(whole).starts_with("measured\na.c [(1, 1)]\nb.c [(1, 0)]\nwarning 5:1 `SF:b.c`"));
        for cut in ["D", "DA:2", "BRDA:1,0", "end_of_rec"] {
            let shown = shown(&format!("{whole}{cut}"));
            assert!(shown.starts_with("incomplete\na.c [(1, 1)]\nb.c [(1, 0)]\n"), "{shown}");
            assert!(
                shown.ends_with(
                    "error 6:1 the file ends in the middle of a record; what came before it is kept"
                )
            );
        }
    }

    #[test]
    fn no_coverable_line_is_empty_and_never_a_percentage() {
        for text in ["", "TN:\n", "SF:a.ts\nFN:1,f\nend_of_record\n"] {
            assert!(shown(text).starts_with("empty\nwarning"), "{text}");
        }
    }

    #[test]
    fn a_section_without_end_is_read_in_parts() {
        let branches = |taken| (1..=300_000).map(move |line| format!("BRDA:{line},0,jump,{taken}\n"));
        let text: String = ["SF:a.c\nDA:1,1\nFN:1,f\n".to_owned()]
            .into_iter()
            .chain(branches("-"))
            .chain(branches("1"))
            .chain(["FNDA:1,f\nend_of_record\n".to_owned()])
            .collect();
        assert_eq!(shown(&text), "measured\na.c [(1, 1)] branches 300000/300000 functions 1/1");
    }

    #[test]
    fn very_long_names_are_read() {
        let name = "_Z".repeat(2 << 20);
        let text = format!("SF:a.c\nFN:1,{name}\nFNDA:1,{name}\nDA:1,1\nend_of_record\n");
        assert_eq!(shown(&text), "measured\na.c [(1, 1)] functions 1/1");
    }

    #[test]
    fn tracefiles_are_known_by_their_first_record() {
        for head in ["TN:\nSF:a", "\n\nSF:/x/a.c\n", "# made by hand\nTN:unit\n", "VER:1\n"] {
            assert!(looks_like(head), "{head}");
        }
        for head in ["", "<coverage/>", "mode: set\n", "SFX: no", "#only a comment\n"] {
            assert!(!looks_like(head), "{head}");
        }
    }
}
