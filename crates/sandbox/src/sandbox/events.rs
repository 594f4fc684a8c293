//! The door through which events leave.

use super::Sandbox;
use crate::events::{Delivery, EventFault, Receipt, Told};
use crate::provider::{Context, ProviderName};
use crate::time::Time;

impl Sandbox {
    /// From now on these events go wrong on their way.
    pub fn add_event_fault(&mut self, fault: EventFault) {
        self.event_faults.add(fault);
    }

    /// No event goes wrong any more; what was kept back still arrives.
    pub fn clear_event_faults(&mut self) {
        self.event_faults.clear();
    }

    /// The next event of that provider's to be sent now, if there is one. Say how that went through
    /// [`Sandbox::delivered`]; unsaid within [`Delivery::answer_within`], it is taken as lost.
    pub fn take_delivery(&mut self, now: Time, provider: ProviderName) -> Option<Delivery> {
        let now = self.settle(now);
        self.bring_forward(now, provider);
        let lost = self.account(provider).outbox.lose_unanswered(now);
        lost.into_iter().for_each(|told| self.note(provider, told));
        self.accounts[provider as usize].outbox.take(now, provider, &mut self.event_faults)
    }

    /// How a delivery ended: what was not answered with 2xx is sent again, as often as that provider does.
    pub fn delivered(&mut self, now: Time, delivery: &Delivery, receipt: Receipt) {
        let now = self.settle(now);
        if let Some(told) = self.account(delivery.provider).outbox.delivered(now, delivery.id, receipt) {
            self.note(delivery.provider, told);
        }
    }

    /// What that provider has to tell is on its way from now on.
    pub(super) fn plan_notices(&mut self, now: Time, provider: ProviderName) {
        let account = &mut self.accounts[provider as usize];
        let mut context = Context { now, ids: &mut account.ids, settings: &self.settings };
        for notice in account.provider.take_notices(&mut context) {
            let url = notice.url.clone();
            if !self.accounts[provider as usize].outbox.plan(notice) {
                self.give_up(format!("{} {url}: too many events wait; take them", provider.slug()));
            }
        }
    }

    fn note(&mut self, provider: ProviderName, told: Told) {
        self.account(provider).provider.told(&told.reference, told.progress);
        if let Some(reason) = told.given_up {
            self.give_up(format!("{} {reason}", provider.slug()));
        }
    }
}
