# needs a native reader
# Kwa nini hakuna kinachotumwa leo.

skip-hold = Imesitishwa hadi { $until }.
skip-promise-open = Kuna ahadi ya kulipa tarehe { $on }.
skip-disputed = Deni lote lililobaki lina mgogoro: { $disputed }.
skip-below-minimum = Kilichochelewa ni { $amount }, chini ya { $minimum } inayostahili ujumbe.
skip-draft-waiting = Rasimu ya ngazi ya { $level } inasubiri kutumwa au kuwekwa kando.
skip-nothing-net = Fedha ambazo hazijaoanishwa na hati za kupunguza deni (credit note), { $unapplied }, zinatosha kwa kilichochelewa: zioanishe kwanza.
skip-nothing-open = Hakuna deni lililobaki.
skip-not-yet = Hatua inayofuata ni tarehe { $on }.
skip-ladder-done = Hatua ya mwisho imefanyika. Mtu ndiye anaamua kinachofuata.
