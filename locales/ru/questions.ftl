# Вопросы о карточке: для команды — сколько и что вышло; для человека — сам вопрос и его конец.
questions-ask = ✉️ Спросить
questions-title = Спросить самих людей · { $what }
questions-faulty = { $count ->
    [one] Так у { $count } карточки.
   *[other] Так у { $count } карточек.
}
questions-unreachable = { $count ->
    [one] { $count } человеку бот написать не может.
   *[other] { $count } людям бот написать не может.
}
questions-lately = { $count ->
    [one] { $count } человека спрашивали за последний месяц, или он не хочет отвечать.
   *[other] { $count } человек спрашивали за последний месяц, или они не хотят отвечать.
}
questions-month = За 30 дней: спросили { $asked }, ответили { $answered }, «не сейчас» { $declined }.
questions-nobody = Сейчас спросить некого.
questions-sure = { $count ->
    [1] Это сообщение с короткой формой получит <b>{ $count } человек</b>. Не ночью и один раз.
    [one] Это сообщение с короткой формой получит <b>{ $count } человек</b>. По очереди, не ночью, каждый один раз.
    [few] Это сообщение с короткой формой получат <b>{ $count } человека</b>. По очереди, не ночью, каждый один раз.
   *[other] Это сообщение с короткой формой получат <b>{ $count } человек</b>. По очереди, не ночью, каждый один раз.
}
questions-yes = { $count ->
    [one] Спросить { $count } человека
   *[other] Спросить { $count } человек
}
questions-planning = Ставим вопросы в очередь: { $done } из { $of }
questions-sent = Отправлено: { $sent } из { $of }
questions-answered = Ответили: { $count }
questions-declined = «Не сейчас»: { $count }
questions-lost = Не доставлено: { $count }
questions-stopped = Остановлено: остальных не спросим.
questions-how = 🔄 Сколько ответили?
questions-stop = ⏹ Остановить
refused-asking-nobody = Сейчас спросить некого.

questions-put-no_name = Это { $business }. Хотим обращаться к вам по имени, но не знаем его. Подскажете?
questions-put-no_phone = Это { $business }. У нас нет вашего телефона, и если что-то изменится, мы не сможем вам позвонить. Оставите?
questions-put-no_email = Это { $business }. У нас нет вашей электронной почты. Оставите?
questions-put-no_birthday = Это { $business }. Хотим поздравить вас с днём рождения, но не знаем когда. Подскажете?
questions-put-no_city = Это { $business }. Мы не знаем, в каком вы городе. Подскажете?
questions-put-impossible = Это { $business }. Похоже, в вашей дате рождения у нас ошибка. Подскажете верную?
questions-put-stale = Это { $business }. Давно не виделись! Ваш телефон всё тот же?
questions-answer = ✍️ Ответить
questions-not-now = Не сейчас
questions-thanks = Спасибо, записали!
questions-let-go = Хорошо, в другой раз. Если передумаете, просто напишите нам сюда.
questions-put-off = Хорошо. Когда будет минута, нажмите «Ответить» под нашим вопросом.
refused-told = Вы нам уже ответили. Спасибо!
ask-birthday = Когда у вас день рождения?
ask-city = В каком городе вы живёте?
