//! The documentation page of a check, read from the doc comment of its file.

/// The headings that every page has, in their order, after its title.
pub const HEADINGS: &[&str] = &["Why it matters", "Bad", "Good", "What to do", "Serves"];

/// A page of documentation: the module's doc comment without its `//!`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    text: String,
}

impl Page {
    /// The page of a source file.
    pub fn of(source: &str) -> Self {
        let lines = source.lines().map_while(|line| line.strip_prefix("//!"));
        let lines: Vec<&str> = lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect();
        Self { text: lines.join("\n") }
    }

    /// The whole page as Markdown.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The title: code and name.
    pub fn title(&self) -> &str {
        self.text.lines().next().and_then(|line| line.strip_prefix("# ")).unwrap_or("")
    }

    /// What is checked: the text between the title and the first heading.
    pub fn summary(&self) -> &str {
        let body = self.text.split_once('\n').map_or("", |(_, body)| body);
        body.split_once("\n## ").map_or(body, |(summary, _)| summary).trim()
    }

    /// The headings in their order; those in an example's text are not headings of the page.
    pub fn headings(&self) -> Vec<&str> {
        self.sections().into_iter().map(|(heading, _)| heading).collect()
    }

    /// The text below a heading, empty if there is none of that name.
    pub fn section(&self, heading: &str) -> String {
        let found = self.sections().into_iter().find(|(name, _)| *name == heading);
        found.map_or_else(String::new, |(_, lines)| lines.join("\n").trim().to_owned())
    }

    /// The files that a section shows: path and content.
    pub fn examples(&self, heading: &str) -> Vec<(String, String)> {
        let section = self.section(heading);
        let mut lines = section.lines();
        let mut files = Vec::new();
        while let Some(line) = lines.next() {
            let Some((fence, path)) = line.split_once("file ").filter(|(fence, _)| is_fence(fence)) else { continue };
            let content: Vec<&str> = lines.by_ref().take_while(|line| *line != fence).collect();
            files.push((path.trim().to_owned(), content.join("\n") + "\n"));
        }
        files
    }

    fn sections(&self) -> Vec<(&str, Vec<&str>)> {
        let mut sections: Vec<(&str, Vec<&str>)> = Vec::new();
        let mut fence = "";
        for line in self.text.lines() {
            let ticks = line.len() - line.trim_start_matches('`').len();
            if fence.is_empty() && ticks >= 3 {
                fence = line.get(..ticks).unwrap_or("");
            } else if line == fence {
                fence = "";
            }
            match line.strip_prefix("## ").filter(|_| fence.is_empty()) {
                Some(heading) => sections.push((heading, Vec::new())),
                None => sections.iter_mut().rev().take(1).for_each(|(_, lines)| lines.push(line)),
            }
        }
        sections
    }
}

fn is_fence(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|byte| byte == b'`')
}
