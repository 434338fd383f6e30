guest = Гість № { $number }
nobody = поки ніхто
colleague = колега
age-minutes = { $count ->
    [0] щойно
   *[other] { $count } хв
}
age-hours = { $count } год
age-days = { $count ->
    [one] { $count } день
    [few] { $count } дні
   *[other] { $count } днів
}
button-take = ✋ Взяти
button-card = 👤 Картка
button-done = ✅ Готово
button-lost = ❌ Відмова
button-spam = 🚫 Спам
button-unspam = ♻️ Не спам
button-reopen = ♻️ Повернути в роботу
button-write = ✉️ Написати
button-reply = ✉️ Відповісти
button-back = ← Назад
button-cancel = Скасувати
request-number = Заявка № { $number }
request-came = Надійшла { $when }
request-source = Джерело: { $source }
request-is-new = Чекає, хто візьме
request-is-taken = У роботі: { $owner }
request-is-done = Готово · { $owner }
request-is-lost = Відмова: { $reason } · { $owner }
request-is-withdrawn = Клієнт відкликав заявку
request-taken-back = Клієнт відкликав заявку № { $number }.
request-is-spam = Спам: приховано й мовчить, доки не скасують
team-stage-new = нова
team-stage-taken = у роботі
team-stage-done = готово
team-stage-lost = відмова
team-stage-spam = спам
team-stage-withdrawn = відкликана
lost-ask = Чому заявка № { $number } ({ $name }) зірвалася?
lost-other = Інша причина…
lost-type = Напишіть двома словами, чому зірвалася заявка № { $number }.
digest-came = 🔔 <b>{ $count ->
    [one] { $count } нова заявка
    [few] { $count } нові заявки
   *[other] { $count } нових заявок
} за хвилину</b>
digest-waiting = У черзі { $count ->
    [one] { $count } відкрита заявка
    [few] { $count } відкриті заявки
   *[other] { $count } відкритих заявок
}.
digest-oldest = Найдовше чекає: { $age }.
digest-open = Відкрити чергу
told-taken = Ваша заявка № { $number } у роботі. Відповімо вам тут.
told-done = Вашу заявку № { $number } виконано. Дякуємо, що ви з нами!
wrote = пише:
wrote-edited = виправляє своє повідомлення:
wrote-request = Відкрита заявка № { $number }
wrote-below = <i>Саме повідомлення — нижче.</i>
wrote-answered = ✅ Відповідь дано: { $name }, { $clock }
write-ask = Що надіслати: <b>{ $name }</b>? Текст, фото, файл чи голосове підуть так, як є.
write-sent = Надіслано: <b>{ $name }</b>.
write-waits = Зараз у <b>{ $name }</b> ніч, а недавніх повідомлень звідти не було. Ваше піде { $when }.
write-failed = ⚠️ <b>{ $name }</b> не отримає вашого повідомлення: бота заблоковано або акаунт видалено. Спробуйте зателефонувати.
