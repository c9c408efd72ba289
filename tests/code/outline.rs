//! Outlines: functions and classes of any source, what markers speak of, and what runs when.

use tracegate::model::outline::{Outline, Speaks};
use tracegate::read::code::{language, outline};
use tracegate::source::{Span, Text};

/// The outline of a source, and what the markers at each `REQ-…` in it speak of.
fn of(path: &str, source: &str) -> (Outline, Vec<String>) {
    let text = Text::decode(source.as_bytes().to_vec());
    let markers: Vec<Span> = source.match_indices("REQ-").map(|(at, _)| Span::new(at, at + 5)).collect();
    let (outline, speaks) = outline(language(path).unwrap(), path, &text, &markers);
    let told = speaks.iter().map(|one| match one {
        Speaks::Symbol(at) => outline.symbols[*at as usize].qualified(),
        Speaks::File => String::from("the file"),
        Speaks::Nothing => String::from("nothing"),
    });
    let told = told.collect();
    (outline, told)
}

/// The lines of each symbol that run when it is called.
fn running(path: &str, source: &str) -> Vec<String> {
    let text = Text::decode(source.as_bytes().to_vec());
    let (outline, _) = of(path, source);
    let line = |offset: u32| text.position(offset).0;
    let lines = |span: Span| (span.len > 0).then(|| format!("{}-{}", line(span.start), line(span.end() - 1)));
    outline.symbols.iter().map(|one| format!("{} {}", one.qualified(), lines(one.running).unwrap_or_default())).collect()
}

const PYTHON: &str = "\
\"\"\"Kiln. Implements: REQ-1\"\"\"
import time

LIMIT = 900
log = get()

# REQ-2

# REQ-3
@cache(
    size=3,
)
def heat(
    to=\"hot\",
):
    \"\"\"REQ-4\"\"\"
    if to: return 1
    return a() if to else b()

class Door:
    \"\"\"REQ-5\"\"\"
    width: int
    def open(self):
        # REQ-6
        def inner():
            return 2
        return inner
    def shut(self): return 3

if True:
    def late():
        return 4
";

#[test]
fn what_markers_speak_of() {
    assert_eq!(of("kiln.py", PYTHON).1, ["the file", "nothing", "heat", "heat", "Door", "Door.open"]);
    let rust = "//! REQ-1\n\nuse a::b;\n\n/// REQ-2\n#[inline]\npub fn heat() {\n    // REQ-3\n    one();\n}\n\n// REQ-4\n\nfn cool() {} // REQ-5\n\n/// REQ-6\nstruct Door;\n";
    assert_eq!(of("src/kiln.rs", rust).1, ["the file", "heat", "heat", "nothing", "nothing", "nothing"]);
    let go = "// Package kiln REQ-1\npackage kiln\n\n// Heat REQ-2\nfunc Heat() int {\n\treturn 1\n}\n";
    assert_eq!(of("kiln.go", go).1, ["the file", "Heat"]);
    let java = "package org.kiln;\n\n/** REQ-1 */\npublic class Oven {\n    /** REQ-2 */\n    @Override\n    public int heat(int to) {\n        return to; // REQ-3\n    }\n}\n";
    assert_eq!(of("Oven.java", java).1, ["Oven", "Oven.heat", "Oven.heat"]);
}

const SCRIPT: &str = "\
// REQ-1
import { a } from './a';

/** REQ-2 */
export default class Pump<T extends { id: string }> extends mixin(Base, { a: 1 }) implements Runs<T> {
  static #count = 0;
  private readonly limits: Record<string, number> = {
    high: 3,
  };
  get = 1

  // REQ-3
  @log({ level: 1 })
  public async start<K>(
    key: K,
    { a, b }: { a: string; b: () => void },
  ): Promise<{ ok: boolean }> {
    if (key) { return { ok: true }; }
    // REQ-4
  }

  get speed() {
    return 1;
  }

  stop(): void;
  stop(now?: boolean): asserts now is true {
    function inner() {
      return 2;
    }
  }

  onClose = async (event: Event): Promise<void> => {
    a.class(event);
  };

  [Symbol.iterator]() {
    return 3;
  }

  static { Pump.#count = 1; }
  *each() {
    yield 4;
  }
}

// REQ-5
export const connect: (a: string) => Promise<void> = async <U,>(a) => {
  const short = () => 5;
  await short();
};

var old = function (x) {
  return x;
};
const view = { class: 1, render() { return 6; } };
const text = `class Fake { run() {} }`;
";

#[test]
fn classes_and_methods_of_scripts() {
    let expected = [
        "Pump ",
        "Pump.start 18-20",
        "Pump.speed 23-24",
        "Pump.stop 28-31",
        "Pump.stop.inner 29-30",
        "Pump.onClose 34-35",
        "Pump.each 43-44",
        "connect 49-51",
        "old 54-55",
        "view ",
    ];
    assert_eq!(running("src/pump.ts", SCRIPT), expected);
    assert_eq!(of("src/pump.ts", SCRIPT).1, ["the file", "Pump", "Pump.start", "Pump.start", "connect"]);
    let (outline, _) = of("src/pump.ts", SCRIPT);
    assert_eq!(outline.named("Pump#start").count(), 1);
    for symbol in &outline.symbols {
        assert_eq!(&SCRIPT[symbol.span.range()], symbol.name.as_str());
    }
    // What is never closed is none, and costs nothing.
    for torn in ["class A {\n  a() {\n", "const a = (", "class", "function", "class A extends B<", "class A { a: ", "const a: {"]
    {
        assert_eq!(running("a.ts", &torn.repeat(200)), Vec::<String>::new(), "{torn}");
    }
}

#[test]
fn what_runs_when_it_is_called() {
    assert_eq!(running("kiln.py", PYTHON), ["heat 16-18", "Door ", "Door.open 24-27", "Door.shut ", "late 32-32"]);
    assert_eq!(
        running("src/kiln.rs", "fn heat() -> u8 { 1 }\nfn cool(\n    to: u8,\n) -> u8 {\n    to\n}\n"),
        ["heat 1-1", "cool 2-6"]
    );
    assert_eq!(running("kiln.js", "function heat() {\n  return 1;\n}\nconst cool = () => 2;\n"), ["heat 2-3", "cool "]);
}

#[test]
fn a_function_without_a_block_has_its_own_markers() {
    for value in ["(x) => x * 2;", "memo((x) => {\n  return x;\n});", "{\n  run: (x) => x,\n};", "{ run(x) { return x; } }"] {
        let text =
            format!("// REQ-1\nexport const hollow = {value}\n\n// REQ-2\nconst other = async () => 3\nexport const real = 1;\n");
        let (outline, speaks) = of("src/link.js", &text);
        assert_eq!(speaks, ["hollow", "other"], "{value}");
        assert_eq!(outline.symbols.len(), 2, "{value}");
    }
    // What loads a module, and what stands apart, is the head of the file.
    for below in ["const fs = require('fs');", "\nexport const hollow = (x) => x * 2;", "import a from 'a';"] {
        assert_eq!(of("src/link.js", &format!("// REQ-1\n{below}\n")).1, ["the file"], "{below}");
    }
    assert_eq!(running("a.js", &"const a = b =>\n".repeat(2000)), ["a "]);
}

#[test]
fn what_is_settled_when_a_file_is_loaded() {
    let (outline, _) = of("kiln.py", PYTHON);
    let names: Vec<&str> = outline.declared.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["LIMIT", "Door"]);
    assert!(outline.exact && !of("kiln.js", "").0.exact);
}

#[test]
fn lines_that_choose_one_of_several_ways() {
    assert_eq!(of("kiln.py", PYTHON).0.choices, [17, 18]);
    let python = "'''Two\nlines.'''\ndef f(a):\n    x = \"if else\"\n    if a:\n        g()\n    y = [b for b in a if b]\n    z = 1 if a else \\\n        2\n    elif_ = 3\n";
    assert_eq!(of("a.py", python).0.choices, [8, 9]);
    let long = "def f(a):\n    return (\n        gas(a)\n        if a\n        else coal(a)\n    )\n\n\ndef g(a):\n    if (\n        a\n    ):\n        b = 1\n    else:\n        b = [\n            2,\n        ]\n    return b \\\n        if a else 3\n";
    assert_eq!(of("a.py", long).0.choices, [2, 3, 4, 5, 6, 18, 19], "a statement over lines is one");
    let rust = "fn f() {\n    let a = if b { 1 } else { 2 };\n    if c {\n        g();\n    } else {\n        h();\n    }\n}\n";
    assert_eq!(of("a.rs", rust).0.choices, [2]);
    let java = "class A { void f() {\n    int a = b ? c : d;\n    if (a) return;\n    if (a)\n        g();\n} }\n";
    assert_eq!(of("A.java", java).0.choices, [2, 3]);
}

#[test]
fn names_with_their_classes() {
    let (outline, _) = of("kiln.py", PYTHON);
    let found = |name: &str| outline.named(name).map(|at| outline.symbols[at as usize].qualified()).collect::<Vec<_>>();
    assert_eq!(found("open"), ["Door.open"]);
    assert_eq!(found("Door.open"), ["Door.open"]);
    assert_eq!(found("Door::open"), ["Door.open"]);
    assert!(found("Gate.open").is_empty() && found("Kiln.Door.open").is_empty() && found("").is_empty());
}
