//! `GET /activeNumbers`: the numbers of the project.

use super::{ActiveNumber, NumberCapability, NumberOrder, NumberType, SearchPattern, Sinch, Version};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::paging::{Page, Paged};
use crate::reply::Reply;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the numbers of the project. Under v1 only those of `MOBILE` are listed when no `number_type` is given, says Sinch's
/// own guide: for all of them list each type. A released number is listed until it ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListNumbers {
    /// Of this country, ISO 3166-1 alpha-2.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region_code: Option<String>,
    /// Of this kind. (`type` at Sinch.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_type: Option<NumberType>,
    /// With these capabilities. (`capability` at Sinch.)
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<NumberCapability>,
    /// With these digits in them; with `+` and country code where they are looked for at the start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// Where `pattern` is looked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub search_pattern: Option<SearchPattern>,
    /// At most so many on a page. (`size` in v1alpha1, which has only one page.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_size: Option<u32>,
    /// `next` of the page before. v1 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_token: Option<String>,
    /// What the list is ordered by. v1 only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order_by: Option<NumberOrder>,
}

impl Operation for ListNumbers {
    type Provider = Sinch;
    type Output = Page<ActiveNumber>;
    const ENDPOINT: Endpoint = Endpoint::get("sinch.list_numbers", "/{version}/projects/{project_id}/activeNumbers");

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        provider.needs_v1_for("page_token", self.page_token.as_ref())?;
        provider.needs_v1_for("order_by", self.order_by.as_ref())?;
        let page_size = match provider.version {
            Version::V1 => "pageSize",
            // The seed page heads it “Size”, and shows it nowhere.
            Version::V1alpha1 => "size",
        };
        draft.query_option("numberPattern.searchPattern", self.search_pattern.as_ref());
        draft.query_option("numberPattern.pattern", self.pattern.as_ref());
        draft.query_option("type", self.number_type.as_ref());
        for capability in &self.capabilities {
            draft.query("capability", capability);
        }
        draft.query_option("regionCode", self.region_code.as_ref());
        draft.query_option(page_size, self.page_size);
        draft.query_option("pageToken", self.page_token.as_ref());
        draft.query_option("orderBy", self.order_by.as_ref());
        Ok(())
    }

    fn decode(&self, _: &Sinch, reply: &Reply<'_>) -> Result<Page<ActiveNumber>> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            #[serde(default, deserialize_with = "json::null_default")]
            active_numbers: Vec<ActiveNumber>,
            next_page_token: Option<String>,
            #[serde(default, deserialize_with = "json::count_option")]
            total_size: Option<u64>,
        }
        let Wire { active_numbers, next_page_token, total_size } = reply.json()?;
        Ok(Page::new(active_numbers, next_page_token, total_size))
    }
}

impl Paged for ListNumbers {
    type Item = ActiveNumber;

    fn at_page(mut self, token: &str) -> Self {
        self.page_token = Some(token.to_owned());
        self
    }
}
