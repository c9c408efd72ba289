//! Results in other formats than JUnit XML: what the runners write, what is damaged, and what comes of it.

mod beside;
mod dotnet;
mod exact;
mod go;
mod inventory;
mod jest;
mod linked;
mod named_otherwise;
mod pytest_json;
mod robot;
mod robust;
mod runs;
mod trx;

use tracegate::model::Facts;
use tracegate::read::results::{Format, format, read};
use tracegate::source::Text;

/// The facts of a text whose format its content tells.
fn facts(text: &str) -> Facts {
    let format = format(text).expect("the format is known");
    read(format, &Text::decode(text.as_bytes().to_vec()))
}

/// The facts in lines: one a result, one a problem.
fn told(text: &str) -> String {
    let source = Text::decode(text.as_bytes().to_vec());
    let facts = facts(text);
    let results = facts.results.iter().map(|one| {
        let file = one.file.as_ref().map_or_else(String::new, |file| format!(" {file}:{:?}", one.line));
        let line = source.position(one.span.start).0;
        format!("{line}: {} | {} | {} | {}{file}\n", one.outcome.name(), one.class, one.name, one.message)
    });
    let problems = facts.problems.iter().map(|one| {
        let kind = if one.whole_file { "lost" } else { "problem" };
        format!("{}: {kind}: {}\n", source.position(one.span.start).0, one.reason)
    });
    results.chain(problems).collect()
}

/// A text is cut at every place: what is lost is told, and nothing passes that does not pass in the whole.
fn cut_everywhere(whole: &str, expected: Format) {
    use tracegate::model::evidence::Outcome;
    let all = facts(whole);
    let passed = |class: &str, name: &str| {
        let mut same = all.results.iter().filter(|one| one.class == class && one.name == name);
        same.any(|one| one.outcome == Outcome::Passed)
    };
    for end in (0..whole.len()).filter(|end| whole.is_char_boundary(*end)) {
        let text = &whole[..end];
        if text.trim_end() == whole.trim_end() {
            continue;
        }
        let facts = read(expected, &Text::decode(text.as_bytes().to_vec()));
        assert!(facts.problems.iter().any(|problem| problem.whole_file), "cut at {end} without a word: {text}");
        for one in facts.results.iter().filter(|one| one.outcome == Outcome::Passed) {
            assert!(passed(&one.class, &one.name), "cut at {end}: {one:?}");
        }
    }
}
