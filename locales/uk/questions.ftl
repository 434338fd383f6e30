# Запитання про картку: для команди — скільки і що вийшло; для людини — саме запитання та його кінець.
questions-ask = ✉️ Запитати
questions-title = Запитати самих людей · { $what }
questions-faulty = { $count ->
    [one] Так у { $count } картки.
   *[other] Так у { $count } карток.
}
questions-unreachable = { $count ->
    [one] { $count } людині бот написати не може.
   *[other] { $count } людям бот написати не може.
}
questions-lately = { $count ->
    [one] { $count } людину питали за останній місяць, або вона не хоче відповідати.
   *[other] { $count } людей питали за останній місяць, або вони не хочуть відповідати.
}
questions-month = За 30 днів: запитали { $asked }, відповіли { $answered }, «не зараз» { $declined }.
questions-nobody = Зараз запитати нікого.
questions-sure = { $count ->
    [1] Це повідомлення з короткою формою отримає <b>{ $count } людина</b>. Не вночі й один раз.
    [one] Це повідомлення з короткою формою отримає <b>{ $count } людина</b>. По черзі, не вночі, кожен один раз.
    [few] Це повідомлення з короткою формою отримають <b>{ $count } людини</b>. По черзі, не вночі, кожен один раз.
   *[other] Це повідомлення з короткою формою отримають <b>{ $count } людей</b>. По черзі, не вночі, кожен один раз.
}
questions-yes = { $count ->
    [one] Запитати { $count } людину
   *[other] Запитати { $count } людей
}
questions-planning = Ставимо запитання в чергу: { $done } з { $of }
questions-sent = Надіслано: { $sent } з { $of }
questions-answered = Відповіли: { $count }
questions-declined = «Не зараз»: { $count }
questions-lost = Не доставлено: { $count }
questions-stopped = Зупинено: решту не питатимемо.
questions-how = 🔄 Скільки відповіли?
questions-stop = ⏹ Зупинити
refused-asking-nobody = Зараз запитати нікого.

questions-put-no_name = Це { $business }. Хочемо звертатися до вас на ім’я, але не знаємо його. Підкажете?
questions-put-no_phone = Це { $business }. У нас немає вашого телефону, і якщо щось зміниться, ми не зможемо вам зателефонувати. Залишите?
questions-put-no_email = Це { $business }. У нас немає вашої електронної пошти. Залишите?
questions-put-no_birthday = Це { $business }. Хочемо привітати вас із днем народження, але не знаємо коли. Підкажете?
questions-put-no_city = Це { $business }. Ми не знаємо, у якому ви місті. Підкажете?
questions-put-impossible = Це { $business }. Схоже, у вашій даті народження в нас помилка. Підкажете правильну?
questions-put-stale = Це { $business }. Давно не бачилися! Ваш телефон той самий?
questions-answer = ✍️ Відповісти
questions-not-now = Не зараз
questions-thanks = Дякуємо, записали!
questions-let-go = Гаразд, іншим разом. Якщо передумаєте, просто напишіть нам сюди.
questions-put-off = Гаразд. Коли матимете хвилинку, натисніть «Відповісти» під нашим запитанням.
refused-told = Ви нам уже відповіли. Дякуємо!
ask-birthday = Коли у вас день народження?
ask-city = У якому місті ви живете?
