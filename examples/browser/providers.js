// What the page does at each provider. The five differ in what one looks for, in how a number is bought, and in whether
// its messages can be read; everything else on the page is the same for all.
//
// fields: what the form asks. find: gives offers. read: gives status and messages, newest first; missing where the
// provider has no call that reads them. status: gives the status alone. release: gives the number back, unless pending.

const COUNTRY = { name: 'country', label: 'Country', value: 'US', choices: ['US', 'GB', 'CA', 'DE', 'FR'] };
const BRITISH = { ...COUNTRY, value: 'GB' };

export const providers = {
  tempnumber: {
    title: 'TempNumber',
    fields: [COUNTRY],
    async find({ tempnumber }, { country }) {
      const pricing = await tempnumber.getCountryPricing({ countryCode: country });
      return pricing.packages.map(({ duration, price, numberType }) => ({
        title: words(duration),
        detail: numberType ?? 'any kind of line',
        price,
        async buy() {
          const bought = await tempnumber.buyNumber({
            countryCode: country,
            duration,
            numberType: numberType ?? undefined,
          });
          return { id: bought.id, number: bought.phoneNumber, status: bought.status };
        },
      }));
    },
    async read({ tempnumber }, { id }) {
      const { number, sms } = await tempnumber.listNumberSms({ numberId: id });
      return { status: number.status, messages: sms.map(({ sender, text }) => ({ sender, text })) };
    },
    release: ({ tempnumber }, { id }) => tempnumber.cancelNumber({ numberId: id }),
  },

  rentnumber: {
    title: 'RentNumber',
    fields: [
      { name: 'slug', label: 'Service', value: 'whatsapp', choices: ({ rentnumber }) => services(rentnumber) },
    ],
    async find({ rentnumber }, { slug }) {
      const { prices } = await rentnumber.listPrices({ slug });
      return prices.map(({ id, finalPrice, stock, countryName, providerName }) => ({
        title: countryName ?? 'any country',
        detail: [providerName, stock === null ? null : `${stock} in stock`].filter(Boolean).join(', '),
        price: finalPrice,
        soldOut: stock === 0,
        async buy() {
          const rental = await rentnumber.rent({ pricingId: id });
          return { id: rental.rentalId, number: rental.phoneNumber, status: rental.status };
        },
      }));
    },
    async read({ rentnumber }, { id }) {
      const { status, sms, code } = await rentnumber.getRental({ rentalId: id });
      return { status, messages: sms === null ? [] : [{ sender: null, text: sms, code }] };
    },
    release: ({ rentnumber }, { id }) => rentnumber.cancelRental({ rentalId: id }),
  },

  sinch: {
    title: 'Sinch',
    fields: [COUNTRY, { name: 'type', label: 'Kind', value: 'LOCAL', choices: ['LOCAL', 'MOBILE', 'TOLL_FREE'] }],
    async find({ sinch }, { country, type }) {
      const found = await sinch.searchAvailable({ regionCode: country, numberType: type });
      return found.map(({ phoneNumber, capabilities, monthlyPrice }) => ({
        title: phoneNumber,
        detail: capabilities.join(', '),
        price: monthlyPrice,
        per: 'a month',
        async buy() {
          const rented = await sinch.rentNumber({ phoneNumber });
          return { id: rented.phoneNumber, number: rented.phoneNumber, status: 'rented' };
        },
      }));
    },
    release: ({ sinch }, { id }) => sinch.releaseNumber({ phoneNumber: id }),
  },

  voepy: {
    title: 'Voepy',
    fields: [COUNTRY, { name: 'locality', label: 'City', value: 'Austin' }],
    async find({ voepy }, { country, locality }) {
      const found = await voepy.searchAvailable({
        countryCode: country,
        numberType: 'local',
        locality: locality || undefined,
        limit: 20,
      });
      return found.map(({ phoneNumber, region, locality: city, activationFee }) => ({
        title: phoneNumber,
        detail: [city, region].filter(Boolean).join(', '),
        price: activationFee,
        async buy() {
          const order = { phoneNumbers: [phoneNumber], countryCode: country, numberType: 'local' };
          const [ordered] = await voepy.orderNumbers(order);
          return { id: ordered.id, number: phoneNumber, status: ordered.status };
        },
      }));
    },
    async status({ voepy }, { id }) {
      for await (const number of voepy.listNumbers.all({})) {
        if (number.id === id) {
          return { status: number.status, messages: [] };
        }
      }
      return { status: null, messages: [] };
    },
    release: ({ voepy }, { id }) => voepy.releaseNumber({ numberId: id }),
  },

  vonage: {
    title: 'Vonage',
    fields: [BRITISH],
    async find({ vonage }, { country }) {
      const { items } = await vonage.searchAvailable({ country, size: 100 });
      return items.map(({ phoneNumber, features, cost }) => ({
        title: phoneNumber,
        detail: features.join(', '),
        price: cost,
        per: 'a month',
        async buy() {
          await vonage.buyNumber({ country, phoneNumber });
          return { id: phoneNumber, number: phoneNumber, status: 'owned', country };
        },
      }));
    },
    release: ({ vonage }, { id, country }) => vonage.cancelNumber({ country, phoneNumber: id }),
  },
};

async function services(rentnumber) {
  const offered = await rentnumber.listServices();
  return offered.map(({ slug, name }) => [slug, name]);
}

/** `oneMonth` as "one month". */
function words(name) {
  return name.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
}
