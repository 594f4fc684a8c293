//! Unified operations are members of the clients, which have others, written by hand.

use crate::Result;
use crate::command::root;
use trunkline_core::PROVIDERS;
use trunkline_core::unified::UNIFIED;

/// Before the name of a member, in Python and TypeScript.
const MODIFIERS: [&str; 6] = ["async ", "def ", "get ", "static ", "readonly ", "*"];

/// No unified operation is called as a member that the client in this file has already, or as a provider is.
pub(super) fn check(file: &str, rename: impl Fn(&str) -> String) -> Result {
    let text = std::fs::read_to_string(root().join(file)).map_err(|error| format!("{file} cannot be read: {error}"))?;
    let operations = UNIFIED.iter().map(|entry| entry.endpoint.name());
    match taken(&text, operations.map(rename)) {
        Some(name) => {
            Err(format!("{file}: its client has a member {name} already: rename trunkline.{name} in the core"))
        }
        None => Ok(()),
    }
}

fn taken(client: &str, mut names: impl Iterator<Item = String>) -> Option<String> {
    let members: Vec<&str> = client.lines().filter_map(member).collect();
    let slugs: Vec<&str> = PROVIDERS.iter().map(|provider| provider.facts.slug).collect();
    names.find(|name| members.contains(&name.as_str()) || slugs.contains(&name.as_str()))
}

/// The member that a line defines: a function, one step in.
fn member(line: &str) -> Option<&str> {
    let line = line.trim_end();
    let mut rest = line.trim_start();
    let indent = line.len() - rest.len();
    while let Some(behind) = MODIFIERS.iter().find_map(|modifier| rest.strip_prefix(modifier)) {
        rest = behind;
    }
    let name = rest.split(['(', ':', '<']).next()?;
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (is_name && name.len() < rest.len() && (indent == 2 || indent == 4)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PYTHON: &str =
        "class Client:\n    _private = 1\n\n    def request(\n        self,\n    async def recover(self) -> None:\n";
    const TYPESCRIPT: &str = "export class Client {\n  readonly #caller: Engine;\n\n  async request(provider: string) {\n\
                              \x20 async *openPurchases(): AsyncGenerator<X> {\n  get accounts(): string[] {\n";

    #[test]
    fn a_name_that_a_client_has_already_is_taken() {
        for (client, names) in [
            (PYTHON, ["search", "request"]),
            (PYTHON, ["search", "recover"]),
            (PYTHON, ["search", "vonage"]),
            (TYPESCRIPT, ["search", "request"]),
            (TYPESCRIPT, ["search", "openPurchases"]),
            (TYPESCRIPT, ["search", "accounts"]),
        ] {
            assert_eq!(taken(client, names.iter().map(|it| (*it).to_owned())).as_deref(), Some(names[1]));
        }
        for client in [PYTHON, TYPESCRIPT] {
            assert_eq!(taken(client, ["search", "buy"].iter().map(|it| (*it).to_owned())), None);
        }
    }
}
