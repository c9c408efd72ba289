//! The JSON report of coverage.py.
//!
//! `meta`, then `files`: executed and missing lines, ways between lines, and with `--show-contexts` the tests under which
//! each line ran. What stands below `functions` and `classes` repeats all that and is skipped.

use super::builder::Builder;
use super::{AGAIN, place, reason};
use crate::model::Facts;
use crate::model::coverage::MAX_LINE;
use crate::source::{Span, Text};
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// The versions of the layout that are known; what is read of them is the same in all.
const FORMATS: std::ops::RangeInclusive<u64> = 2..=3;

/// Reads a report.
pub(super) fn read(text: &Text) -> Facts {
    let mut state = Report { text: text.as_str(), builder: Builder::default(), format: None };
    let mut json = serde_json::Deserializer::from_str(text.as_str().trim_start_matches('\u{FEFF}'));
    let done = Root(&mut state).deserialize(&mut json).and_then(|()| json.end());
    let Report { mut builder, format, .. } = state;
    match done {
        Err(error) => builder.problem(place(text, &error), true, reason(&error), AGAIN),
        Ok(()) if !format.is_some_and(|format| FORMATS.contains(&format)) => {
            let what = match format {
                Some(format) => format!("format {format} of coverage.py is not known"),
                None => String::from("the report does not say in which format of coverage.py it is written"),
            };
            builder.problem(Span::default(), true, what, "Formats 2 and 3 are read: coverage.py 7.2 and later write them.");
        }
        Ok(()) => {}
    }
    builder.finish()
}

/// What is known while a report is read.
struct Report<'t> {
    text: &'t str,
    builder: Builder,
    format: Option<u64>,
}

/// The report as a whole.
struct Root<'r, 't>(&'r mut Report<'t>);
/// `meta`.
struct Meta<'r, 't>(&'r mut Report<'t>);
/// The map of files.
struct Files<'r, 't>(&'r mut Report<'t>);
/// What is said of one file.
struct Measured<'r, 't>(&'r mut Report<'t>, u32);
/// A list of lines that ran, or did not.
struct Lines<'r, 't>(&'r mut Report<'t>, u32, bool);
/// A list of ways from one line to another that were taken, or were not.
struct Ways<'r, 't>(&'r mut Report<'t>, u32, bool);
/// Lines and the contexts under which each ran.
struct Contexts<'r, 't>(&'r mut Report<'t>, u32);
/// The contexts of one line.
struct Names<'r, 't>(&'r mut Report<'t>, u32, Option<u32>);

/// A seed whose value is read by a visitor of maps or of sequences.
macro_rules! seed {
    ($name:ident, $expecting:literal, $how:ident, $access:ident, |$this:ident, $from:ident| $body:block) => {
        impl<'de> DeserializeSeed<'de> for $name<'_, '_> {
            type Value = ();
            fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
                json.deserialize_any(self)
            }
        }
        impl<'de> Visitor<'de> for $name<'_, '_> {
            type Value = ();
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str($expecting)
            }
            fn $how<A: $access<'de>>(self, mut $from: A) -> Result<(), A::Error> {
                let $this = self;
                $body
                Ok(())
            }
        }
    };
}

seed!(Root, "the report of coverage.py", visit_map, MapAccess, |this, map| {
    while let Some(key) = map.next_key_seed(Key)? {
        match key {
            Name::Meta => map.next_value_seed(Meta(this.0))?,
            Name::Files => map.next_value_seed(Files(this.0))?,
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
    }
});

seed!(Meta, "what the report says of itself", visit_map, MapAccess, |this, map| {
    while let Some(key) = map.next_key_seed(Key)? {
        match key {
            Name::Format => this.0.format = Some(map.next_value::<u64>()?),
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
    }
});

seed!(Files, "files by path", visit_map, MapAccess, |this, map| {
    while let Some(file) = map.next_key_seed(Path(this.0))? {
        map.next_value_seed(Measured(this.0, file))?;
    }
});

seed!(Measured, "what was measured of a file", visit_map, MapAccess, |this, map| {
    while let Some(key) = map.next_key_seed(Key)? {
        match key {
            Name::Executed => map.next_value_seed(Lines(this.0, this.1, true))?,
            Name::Missing => map.next_value_seed(Lines(this.0, this.1, false))?,
            Name::Taken => map.next_value_seed(Ways(this.0, this.1, true))?,
            Name::Untaken => map.next_value_seed(Ways(this.0, this.1, false))?,
            Name::Contexts => map.next_value_seed(Contexts(this.0, this.1))?,
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
    }
});

seed!(Lines, "a list of lines", visit_seq, SeqAccess, |this, list| {
    while let Some(number) = list.next_element::<Number>()? {
        if let Some(line) = this.0.builder.line(this.1, number.0, || number.1.clone()) {
            this.0.builder.add(this.1, line, this.2);
        }
    }
});

seed!(Ways, "a list of pairs of lines", visit_seq, SeqAccess, |this, list| {
    while let Some((from, to)) = list.next_element::<(Number, Number)>()? {
        // A negative target leaves the function that begins there.
        let to = to.0.unwrap_or_default();
        if let Some(line) = this.0.builder.line(this.1, from.0, || from.1.clone()) {
            this.0.builder.way(this.1, line, to.cast_unsigned(), this.2);
        }
    }
});

seed!(Contexts, "contexts by line", visit_map, MapAccess, |this, map| {
    while let Some(key) = map.next_key::<String>()? {
        let number = key.parse::<i64>().ok();
        let line = this.0.builder.line(this.1, number, || key.clone());
        map.next_value_seed(Names(this.0, this.1, line))?;
    }
});

seed!(Names, "names of contexts", visit_seq, SeqAccess, |this, list| {
    while let Some(context) = list.next_element_seed(Context(&mut this.0.builder))? {
        if let Some(line) = this.2 {
            this.0.builder.ran(this.1, context, line);
        }
    }
});

/// The keys that matter.
enum Name {
    Meta,
    Format,
    Files,
    Executed,
    Missing,
    Taken,
    Untaken,
    Contexts,
    Other,
}

/// Reads a key.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Name;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Name, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Key {
    type Value = Name;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_str<E: Error>(self, key: &str) -> Result<Name, E> {
        Ok(match key {
            "meta" => Name::Meta,
            "format" => Name::Format,
            "files" => Name::Files,
            "executed_lines" => Name::Executed,
            "missing_lines" => Name::Missing,
            "executed_branches" => Name::Taken,
            "missing_branches" => Name::Untaken,
            "contexts" => Name::Contexts,
            _ => Name::Other,
        })
    }
}

/// Reads the path of a file.
struct Path<'r, 't>(&'r mut Report<'t>);

impl<'de> DeserializeSeed<'de> for Path<'_, '_> {
    type Value = u32;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<u32, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Path<'_, '_> {
    type Value = u32;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a path")
    }
    fn visit_borrowed_str<E: Error>(self, path: &'de str) -> Result<u32, E> {
        // A path without escapes is a piece of the text itself.
        let start = (path.as_ptr() as usize).wrapping_sub(self.0.text.as_ptr() as usize);
        let span = if start < self.0.text.len() { Span::new(start, start + path.len()) } else { Span::default() };
        Ok(self.0.builder.file(path, span))
    }
    fn visit_str<E: Error>(self, path: &str) -> Result<u32, E> {
        Ok(self.0.builder.file(path, Span::default()))
    }
}

/// Reads the name of a context.
struct Context<'b>(&'b mut Builder);

impl<'de> DeserializeSeed<'de> for Context<'_> {
    type Value = u32;
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<u32, D::Error> {
        json.deserialize_str(self)
    }
}

impl Visitor<'_> for Context<'_> {
    type Value = u32;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a context")
    }
    fn visit_str<E: Error>(self, name: &str) -> Result<u32, E> {
        Ok(self.0.context(name))
    }
}

/// A number that may be out of every range; what it is written as, where it is no whole number.
struct Number(Option<i64>, String);

impl<'de> serde::Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Whole;
        impl Visitor<'_> for Whole {
            type Value = Number;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the number of a line")
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Number, E> {
                Ok(Number::of(i64::try_from(number).ok(), number))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Number, E> {
                Ok(Number::of(Some(number), number))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Number, E> {
                Ok(Number(None, number.to_string()))
            }
        }
        json.deserialize_any(Whole)
    }
}

impl Number {
    /// A whole number; only one that can be no line is kept as it is written.
    fn of(number: Option<i64>, written: impl fmt::Display) -> Self {
        let usual = number.is_some_and(|number| (0..=i64::from(MAX_LINE)).contains(&number));
        Self(number, if usual { String::new() } else { written.to_string() })
    }
}
