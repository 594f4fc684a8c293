//! The rules of a journal that the pages of one origin share: what its database holds goes in, what it is to hold comes out.

use trunkline_core::{Consult, Outcome, kept};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn answered(ledger: &str, holders: Vec<String>, took_over: bool) -> JsValue;
}

/// A client's ledger with a line more; it has none before its first. Throws a text.
#[wasm_bindgen(js_name = journalRecord)]
pub fn journal_record(ledger: Option<String>, line: &str) -> Result<String, String> {
    kept::record(ledger.as_deref(), line)
}

/// Whether nothing in a ledger is to be recovered once its client has ended in good order. Throws a text.
#[wasm_bindgen(js_name = journalSettled)]
pub fn journal_settled(ledger: &str) -> Result<bool, String> {
    kept::is_settled(ledger)
}

/// What a flow asks of such a journal. It keeps its answer, for `Flow.consulted`.
#[wasm_bindgen]
pub struct Question {
    question: Consult,
    answer: Option<Outcome>,
}

impl From<Consult> for Question {
    fn from(question: Consult) -> Self {
        Self { question, answer: None }
    }
}

#[wasm_bindgen]
impl Question {
    /// The keys whose holders the answer needs.
    pub fn keys(&self) -> Vec<String> {
        kept::keys(&self.question).to_vec()
    }

    /// What is to be kept from now on, as `[ledger, holders, tookOver]`, and the answer then holds. Other ledgers as name,
    /// ledger, name, ledger…; who is gone, by name; of each key its holder, or nothing. Throws a text.
    pub fn answer(
        &mut self,
        ledger: Option<String>,
        others: Vec<String>,
        gone: Vec<String>,
        holders: Vec<String>,
    ) -> Result<JsValue, String> {
        let others: Vec<kept::Other<'_>> = others
            .chunks_exact(2)
            .filter_map(|pair| pair.first().zip(pair.last()))
            .map(|(name, ledger)| kept::Other { name, ledger, gone: gone.contains(name) })
            .collect();
        let holders = holders.into_iter().map(|holder| Some(holder).filter(|it| !it.is_empty())).collect();
        let found = kept::consult(&self.question, ledger.as_deref(), &others, holders)?;
        let holders = found.holders.into_iter().map(Option::unwrap_or_default).collect();
        self.answer = Some(Outcome::Consulted(found.answer));
        Ok(answered(&found.ledger, holders, found.took_over))
    }
}

impl Question {
    pub(crate) fn into_outcome(self) -> Outcome {
        self.answer.unwrap_or_else(|| Outcome::NotRecorded("it gave no answer".to_owned()))
    }
}
