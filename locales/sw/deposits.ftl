# Needs a native reader.
deposit-line = Toa malipo ya awali { $number }
deposit-take-off = Toa malipo ya awali
deposit-left = imebaki { $amount }
deposit-not-settled = Bado haijatolewa
do-post-deposit = Andika kama ankara ya malipo ya awali
print-deposit = Ankara ya malipo ya awali
setting-deposit-prefix = Kiambishi cha ankara za malipo ya awali
setting-what-deposit-prefix = Vivyo hivyo kwa ankara za malipo ya awali.
field-deposit-prefix = { setting-deposit-prefix }
refusal-no-deposit = { $number } si malipo ya awali, kwa hiyo hakuna ankara inayoweza kuyatoa. Taja ankara ya malipo ya awali, au iache.
refusal-nothing-to-settle = Hakuna cha { $number } kinachoweza kutolewa kwenye ankara hii: imekwisha, au ankara haina mstari wa daraja lake la kodi. Iache.
refusal-deposit-settled = Kilichobaki cha malipo ya awali { $number } ni kidogo kuliko hicho: ankara ya baadaye iliyatoa. Toa hati ya mkopo ya ankara hiyo kwanza.
unusable-deduction-whole = kilichotolewa kwa malipo ya awali hukopeshwa chote, si sehemu
