# Needs a native reader.
deposit-line = Havuyemo avansi { $number }
deposit-take-off = Kuramo avansi
deposit-left = hasigaye { $amount }
deposit-not-settled = Bitarakurwamo
do-post-deposit = Yandike nk'inyemezabuguzi ya avansi
print-deposit = Inyemezabuguzi ya avansi
setting-deposit-prefix = Intangiriro y'inyemezabuguzi za avansi
setting-what-deposit-prefix = Ni kimwe no ku nyemezabuguzi za avansi.
field-deposit-prefix = { setting-deposit-prefix }
refusal-no-deposit = { $number } si avansi, nta nyemezabuguzi yayikuramo. Vuga inyemezabuguzi ya avansi, cyangwa uyireke.
refusal-nothing-to-settle = Nta na kimwe cya { $number } cyakurwa kuri iyi nyemezabuguzi: yararangiye, cyangwa nta murongo w'icyiciro cyayo cy'umusoro uriho. Yireke.
refusal-deposit-settled = Ibisigaye kuri avansi { $number } ni bike kuri ibyo: hari inyemezabuguzi yayikuyemo. Banza ugarure iyo nyemezabuguzi.
unusable-deduction-whole = ibyakuweho kubera avansi bigarurwa byose, ntibigarurwa igice
