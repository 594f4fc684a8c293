//! A TypeScript module as it is written: imports, declarations, comments.

use std::collections::BTreeSet;
use std::fmt::Write as _;

/// As wide as the lines of this workspace.
pub(super) const WIDTH: usize = 120;

const HEAD: &str = "// Generated from the core's registry by `cargo xtask generate`. Changes here are lost.\n";

/// A module whose imports are known when it is done.
#[derive(Default)]
pub(super) struct Module {
    imports: BTreeSet<&'static str>,
    body: String,
}

impl Module {
    /// A name from `types.ts`, imported from now on.
    pub(super) fn import(&mut self, name: &'static str) -> &'static str {
        self.imports.insert(name);
        name
    }

    /// One declaration under its comment, an empty line before it.
    pub(super) fn declare(&mut self, about: &str, declaration: &str) {
        self.body.push('\n');
        self.body.push_str(&comment(about, ""));
        self.body.push_str(declaration.trim_end());
        self.body.push('\n');
    }

    /// The whole file, with these imports besides those from `types.ts`.
    pub(super) fn text(self, imports: &[&str]) -> String {
        let mut text = format!("{HEAD}\n");
        for import in imports {
            let _ = writeln!(text, "{import}");
        }
        if !self.imports.is_empty() {
            let names: Vec<&str> = self.imports.into_iter().collect();
            text.push_str(&import(&names.join(", ")));
        }
        text + &self.body
    }
}

fn import(names: &str) -> String {
    let line = format!("import type {{ {names} }} from '../types.js';\n");
    if line.len() <= WIDTH {
        return line;
    }
    format!("import type {{\n{},\n}} from '../types.js';\n", wrapped(names, "  ", WIDTH - 1))
}

/// A comment for the declaration below it; nothing where there is nothing to say.
pub(super) fn comment(text: &str, indent: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    // It would end the comment.
    let text = text.replace("*/", "*\\/");
    if !text.contains('\n') && text.chars().count() + indent.len() + 7 <= WIDTH {
        return format!("{indent}/** {text} */\n");
    }
    let start = format!("{indent} * ");
    let lines: Vec<String> = text
        .lines()
        .map(|line| if line.is_empty() { format!("{indent} *") } else { wrapped(line, &start, WIDTH) })
        .collect();
    format!("{indent}/**\n{}\n{indent} */\n", lines.join("\n"))
}

/// The words in lines that are not too long, each after `start`.
pub(super) fn wrapped(text: &str, start: &str, limit: usize) -> String {
    let mut lines = String::from(start);
    let mut width = start.chars().count();
    for (index, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if index > 0 && width + 1 + length > limit {
            lines.push('\n');
            lines.push_str(start);
            width = start.chars().count();
        } else if index > 0 {
            lines.push(' ');
            width += 1;
        }
        lines.push_str(word);
        width += length;
    }
    lines
}

/// A string of JavaScript's.
pub(super) fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') { '"' } else { '\'' };
    let escaped = text.replace('\\', "\\\\").replace(quote, &format!("\\{quote}"));
    format!("{quote}{escaped}{quote}")
}

/// `'a' | 'b'`, with others where the provider may add to them: `string & {}` keeps an editor's completion of the known.
pub(super) fn union<'a>(words: impl Iterator<Item = &'a str>, open: bool) -> String {
    let mut choices: Vec<String> = words.map(quoted).collect();
    if open {
        choices.push("(string & {})".to_owned());
    }
    choices.join(" | ")
}

/// `export type` of that union, one word a line where it is long.
pub(super) fn union_type(name: &str, union: &str) -> String {
    let line = format!("export type {name} = {union};\n");
    if line.len() <= WIDTH {
        return line;
    }
    format!("export type {name} =\n  | {};\n", union.replace(" | ", "\n  | "))
}

/// What words mean, for those of which it is said.
pub(super) fn meanings(about: &str, words: &[(String, String)]) -> String {
    let said = words.iter().filter(|(_, meaning)| !meaning.is_empty());
    let lines: Vec<String> = said.map(|(word, meaning)| format!("- `{word}`: {meaning}")).collect();
    let paragraphs = [about.to_owned(), lines.join("\n")];
    paragraphs.into_iter().filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comment_is_one_line_where_it_fits_and_wrapped_where_not() {
        assert_eq!(comment("The number.", "  "), "  /** The number. */\n");
        assert_eq!(comment("Events: `*/`.", ""), "/** Events: `*\\/`. */\n");
        assert_eq!(comment("One.\n\nTwo.", ""), "/**\n * One.\n *\n * Two.\n */\n");
        let long = comment(&"word ".repeat(50), "  ");
        assert!(long.lines().count() == 5 && long.lines().all(|line| line.chars().count() <= WIDTH), "{long}");
    }

    #[test]
    fn strings_are_quoted() {
        assert_eq!(quoted("Top up"), "'Top up'");
        assert_eq!(quoted("the account's"), "\"the account's\"");
        assert_eq!(quoted(r#"it's "so" \"#), r#""it's \"so\" \\""#);
    }

    #[test]
    fn words_that_may_be_added_to_take_any_other() {
        assert_eq!(union(["a", "b"].into_iter(), true), "'a' | 'b' | (string & {})");
        assert_eq!(union_type("Letter", "'a' | 'b'"), "export type Letter = 'a' | 'b';\n");
        let long: Vec<String> = (0..30).map(|number| format!("word{number}")).collect();
        let text = union_type("Long", &union(long.iter().map(String::as_str), false));
        assert!(text.starts_with("export type Long =\n  | 'word0'\n  | 'word1'\n"), "{text}");
    }
}
