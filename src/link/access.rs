//! Ways through the graph: from identifiers to nodes, and from nodes to the facts that they stand for.

use super::graph::{
    ActionId, ActionNode, FactRef, Graph, Input, ReqId, Requirement, Resolution, ResultId, RowId, RowNode, TestId, TestNode,
    index,
};
use crate::model::Facts;
use crate::model::citation::Citation;
use crate::model::evidence::TestResult;
use crate::model::matrix::{Row, Status, Table};
use crate::model::mention::Mention;
use crate::model::record::{Action, Document};
use crate::model::requirement::Definition;
use crate::model::test_case::{Marker, TestCase};
use crate::model::vocabulary::{Method, stated_methods, words};
use crate::source::{FileId, Place, Span};

/// Whether some cell of a row says that a person looks: "MANUAL (tech writer)".
fn is_by_hand(row: &str) -> bool {
    row.split('|').any(|cell| matches!(words(cell).split(' ').next(), Some("manual" | "manually")))
}

impl Graph {
    /// An input.
    #[allow(clippy::indexing_slicing, reason = "identifiers are made from the list that they index")]
    pub fn input(&self, file: FileId) -> &Input {
        &self.inputs[file.index()]
    }

    /// What a file says.
    pub fn facts(&self, file: FileId) -> &Facts {
        &self.input(file).facts
    }

    /// The path of a file.
    pub fn path(&self, file: FileId) -> &str {
        &self.input(file).path
    }

    /// The text at a place.
    pub fn text(&self, place: Place) -> &str {
        self.input(place.file).text.slice(place.span)
    }

    /// What a document says about itself.
    pub fn document(&self, file: FileId) -> Option<&Document> {
        self.facts(file).document.as_ref()
    }

    /// A requirement.
    #[allow(clippy::indexing_slicing, reason = "identifiers are made from the list that they index")]
    pub fn requirement(&self, id: ReqId) -> &Requirement {
        &self.requirements[id.0 as usize]
    }

    /// Whether its specification, or else a row, assigns methods of verification to a requirement and a test is
    /// none of them.
    pub fn is_verified_otherwise(&self, requirement: &Requirement) -> bool {
        let none_of = |methods: &[Method]| !methods.is_empty() && !methods.contains(&Method::Test);
        if !requirement.methods.is_empty() {
            return none_of(&requirement.methods);
        }
        let nodes = || requirement.rows.iter().map(|id| self.row_node(*id));
        let rows = nodes().map(|node| self.row(node));
        let cells: Vec<&str> = rows.filter_map(|row| row.method.as_ref()).map(|cell| cell.text.as_str()).collect();
        if cells.is_empty() {
            let cites_nothing = |node: &RowNode| self.row(node).citations.is_empty();
            let text = |node: &RowNode| self.text(Place::new(node.fact.file, self.row(node).span));
            return nodes().next().is_some() && nodes().all(|node| cites_nothing(node) && is_by_hand(text(node)));
        }
        // "Ethics approval" is none of the closed set, but no test either.
        let in_words =
            |cell: &&str| stated_methods(cell).is_none() && !words(cell).split(' ').any(|word| word.starts_with("test"));
        let stated: Vec<Method> = cells.iter().filter_map(|cell| stated_methods(cell)).flatten().collect();
        if stated.is_empty() {
            return !cells.is_empty() && cells.iter().all(|cell| in_words(cell) && cell.chars().any(char::is_alphabetic));
        }
        none_of(&stated)
    }

    /// Whether a row says that it is not to be verified now.
    pub fn is_excused(&self, one: &Requirement) -> bool {
        one.rows.iter().map(|row| self.row(self.row_node(*row))).any(|row| {
            let planned = one.definition.is_none() && is_planned(row);
            row.retired || planned || matches!(row.status, Some((Status::Excluded | Status::Retired, _)))
        })
    }

    /// A row node.
    #[allow(clippy::indexing_slicing, reason = "identifiers are made from the list that they index")]
    pub fn row_node(&self, id: RowId) -> &RowNode {
        &self.rows[id.0 as usize]
    }

    /// A test node.
    #[allow(clippy::indexing_slicing, reason = "identifiers are made from the list that they index")]
    pub fn test_node(&self, id: TestId) -> &TestNode {
        &self.tests[id.0 as usize]
    }

    /// An action node.
    #[allow(clippy::indexing_slicing, reason = "identifiers are made from the list that they index")]
    pub fn action_node(&self, id: ActionId) -> &ActionNode {
        &self.actions[id.0 as usize]
    }

    /// The row that a node stands for.
    #[allow(clippy::indexing_slicing, reason = "references are made from the list that they index")]
    pub fn row(&self, node: &RowNode) -> &Row {
        &self.facts(node.fact.file).rows[node.fact.index as usize]
    }

    /// The table in which a row stands.
    #[allow(clippy::indexing_slicing, reason = "rows are made together with their table")]
    pub fn table(&self, node: &RowNode) -> &Table {
        &self.facts(node.fact.file).tables[self.row(node).table as usize]
    }

    /// The citations of a row beside what came of them.
    pub fn citations<'g>(&'g self, node: &'g RowNode) -> impl Iterator<Item = (&'g Citation, &'g Resolution)> {
        self.row(node).citations.iter().zip(&node.citations)
    }

    /// The test, fixture, helper or class that a node stands for.
    #[allow(clippy::indexing_slicing, reason = "references are made from the list that they index")]
    pub fn test(&self, id: TestId) -> &TestCase {
        let fact = self.test_node(id).fact;
        &self.facts(fact.file).tests[fact.index as usize]
    }

    /// Where the name of a test stands.
    pub fn test_place(&self, id: TestId) -> Place {
        Place::new(self.test_node(id).fact.file, self.test(id).span)
    }

    /// The result that a node stands for.
    #[allow(clippy::indexing_slicing, reason = "references are made from the list that they index")]
    pub fn result(&self, id: ResultId) -> &TestResult {
        let fact = self.results[id.0 as usize].fact;
        &self.facts(fact.file).results[fact.index as usize]
    }

    /// Where a result stands.
    #[allow(clippy::indexing_slicing, reason = "references are made from the list that they index")]
    pub fn result_place(&self, id: ResultId) -> Place {
        Place::new(self.results[id.0 as usize].fact.file, self.result(id).span)
    }

    /// A marker.
    #[allow(clippy::indexing_slicing, reason = "references are made from the list that they index")]
    pub fn marker(&self, fact: FactRef) -> &Marker {
        &self.facts(fact.file).markers[fact.index as usize]
    }

    /// An action as a document tells it.
    #[allow(clippy::indexing_slicing, reason = "references are made from the list that they index")]
    pub fn action(&self, fact: FactRef) -> &Action {
        &self.facts(fact.file).actions[fact.index as usize]
    }

    /// The definition of a requirement, unless a matrix alone defines it.
    pub fn definition(&self, requirement: &Requirement) -> Option<&Definition> {
        let fact = requirement.definition?;
        self.facts(fact.file).definitions.get(fact.index as usize)
    }

    /// The name of a requirement's namespace.
    pub fn namespace(&self, requirement: &Requirement) -> &str {
        self.namespaces.get(requirement.namespace as usize).map_or("", |namespace| &namespace.name)
    }

    /// Requirements with their identifiers, in order.
    pub fn requirements(&self) -> impl Iterator<Item = (ReqId, &Requirement)> {
        self.requirements.iter().enumerate().map(|(at, one)| (ReqId(index(at)), one))
    }

    /// Rows with their identifiers, in order.
    pub fn rows(&self) -> impl Iterator<Item = (RowId, &RowNode)> {
        self.rows.iter().enumerate().map(|(at, one)| (RowId(index(at)), one))
    }

    /// Tests, fixtures, helpers and classes with their identifiers, in order.
    pub fn tests(&self) -> impl Iterator<Item = (TestId, &TestNode)> {
        self.tests.iter().enumerate().map(|(at, one)| (TestId(index(at)), one))
    }

    /// The tests, fixtures, helpers and classes of a file, in order.
    pub fn tests_of(&self, file: FileId) -> impl Iterator<Item = TestId> + '_ {
        (0..index(self.facts(file).tests.len())).map(move |at| self.test_at(FactRef { file, index: at }))
    }

    /// The test that a position in the tests of a file stands for.
    pub fn test_at(&self, fact: FactRef) -> TestId {
        TestId(self.first_tests.get(fact.file.index()).copied().unwrap_or(0) + fact.index)
    }

    /// Files with their identifiers, in order.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &Input)> {
        self.inputs.iter().enumerate().map(|(at, one)| (FileId(index(at)), one))
    }

    /// Place of a fact's span.
    pub fn place(fact: FactRef, span: Span) -> Place {
        Place::new(fact.file, span)
    }

    /// Whether any result file was read.
    pub fn has_results(&self) -> bool {
        !self.results.is_empty()
    }

    /// The mention that a marker or row holds, as written.
    pub fn written(&self, mention: &Mention) -> String {
        mention.written()
    }
}

/// Where a matrix alone defines the requirement, its status is the only word on what is in force.
fn is_planned(row: &Row) -> bool {
    const LATER: &[&str] = &["planned", "future", "backlog", "proposed", "draft", "later", "roadmap", "not started"];
    row.status.as_ref().is_some_and(|(status, cell)| {
        let said = words(&cell.text);
        *status == Status::Pending && LATER.iter().any(|later| format!(" {said} ").contains(&format!(" {later} ")))
    })
}
