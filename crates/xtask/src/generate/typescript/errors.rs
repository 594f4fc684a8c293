//! A class for each kind of error.

use super::module::{Module, comment, meanings, quoted, union, union_type};
use crate::generate::words::{Language, localise, pascal_case};
use std::collections::BTreeSet;
use trunkline_core::ErrorKind;
use trunkline_core::surface::{deliveries, error_fields, error_kinds};

/// The whole file.
pub(super) fn module() -> String {
    let mut module = Module::default();
    let fields: BTreeSet<String> = error_fields().into_iter().map(|(name, _)| name).collect();
    let deliveries = deliveries();
    let words = union(deliveries.iter().map(|(word, _)| word.as_str()), false);
    let about = meanings("Whether the provider may have acted on the request that failed.", &deliveries);
    module.declare(&about, &union_type("Delivery", &words));
    let kinds = union(ErrorKind::ALL.iter().map(|kind| kind.as_str()), false);
    module.declare("What went wrong. The same words in every host.", &union_type("ErrorKind", &kinds));
    for (kind, about) in error_kinds() {
        let about = localise(&about, Language::TypeScript, &fields);
        module.declare(&format!("{about} {}.", kind.advice()), &class(kind));
    }
    let classes: String =
        ErrorKind::ALL.iter().map(|kind| format!("  {kind}: {},\n", pascal_case(kind.as_str()))).collect();
    let classes =
        format!("export const errorClasses: Readonly<Record<ErrorKind, typeof TrunklineError>> = {{\n{classes}}};");
    module.declare("The class of each kind.", &classes);
    module.text(&["import { TrunklineError } from '../error.js';"])
}

fn class(kind: ErrorKind) -> String {
    let name = pascal_case(kind.as_str());
    let advice = comment("What to do next.", "  ");
    format!(
        "export class {name} extends TrunklineError {{\n{advice}  static override readonly advice = {};\n\n  \
         declare readonly kind: '{kind}';\n}}",
        quoted(kind.advice())
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::root;
    use crate::generate::words::camel_case;

    /// The class above all of these is written by hand.
    #[test]
    fn an_error_has_every_field_that_the_core_writes() {
        let text = std::fs::read_to_string(root().join("pkg/npm/src/error.ts")).expect("error.ts");
        for (name, _) in error_fields() {
            assert!(text.contains(&format!("\n  {name}: ")) || text.contains(&format!("\n  {name}?: ")), "{name}");
            let property = if name == "message" { "reason".to_owned() } else { camel_case(&name) };
            assert!(text.contains(&format!("declare readonly {property}: ")), "{property}");
        }
    }
}
