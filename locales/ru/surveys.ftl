survey-score = { $score } из { $most }
survey-about = «{ $title }», № { $number }, { $day }
survey-again = Какую оценку поставить?
survey-thanks = Спасибо за оценку!
survey-why = Хотите что-то добавить? Напишите здесь: прочтёт живой человек.
survey-add = 💬 Добавить пару слов
survey-skip = Без комментария
survey-change = Изменить оценку
survey-heard = Спасибо, передали!
survey-low = Низкая оценка:
survey-raised = Оценку подняли:
survey-explains = Поясняет оценку:
survey-task = Разобраться с оценкой { $score } из { $most }
survey-task-raised = Разобраться с оценкой { $before } из { $most } (теперь { $score })
survey-reminder = Напомним об опросе: это меньше минуты.
survey-anonymous = Ответ анонимный: мы сохраним только его и день, без вашего имени.
survey-begin = Ответить
survey-not-now = Не сейчас
survey-thanks-answers = Спасибо за ответы!
survey-links = Если нетрудно, расскажите о нас и другим: это очень помогает.
survey-review = ⭐ Оставить отзыв
survey-friend = 🎁 Посоветовать друзьям
survey-friend-text = Советую: { $business }
survey-heard-anonymous = Спасибо! Сохранили без имени.
usage-survey = Задать опрос: <code>/survey ОПРОС УСЛОВИЕ</code>, например <code>/survey nps tag:vip</code>. Без условия — всем. Опросы: { $known }
survey-choose = Какой опрос задать?
survey-none = В плейбуке нет опросов.
survey-put = Опрос «{ $survey }» отправляется.
survey-everybody = все
survey-reach-meant = Подходят под условие: { $count }
survey-reach-own = Опрос задуман для <code>{ $segment }</code>, из них таких: { $count }
survey-reach-reachable = Можно написать, и не отказались от опросов: { $count }
survey-reach-rested = Не опрашивали недавно: { $count }
survey-reach-nobody = Спрашивать сейчас некого.
survey-reach-polite = В тихие часы никого не побеспокоим: ночные подождут утра.
survey-send = { $count ->
    [one] Задать { $count } человеку
    [few] Задать { $count } людям
   *[other] Задать { $count } людям
}
survey-begun = Ставлю в очередь опрос «{ $survey }»…
survey-done = { $count ->
    [one] Опрос «{ $survey }» задан { $count } человеку.
    [few] Опрос «{ $survey }» задан { $count } людям.
   *[other] Опрос «{ $survey }» задан { $count } людям.
}
survey-gone = Опрос не задан: его больше нет в плейбуке, или условие нельзя прочесть.
button-survey = ⭐ Опрос
refused-survey-unknown = Такого опроса нет. Есть: { $known }
refused-survey-tired = Этого человека спрашивали недавно. Опрос можно будет задать позже: срок отдыха задан в плейбуке.
refused-survey-unreachable = Сейчас этому человеку нельзя задать опрос: бот не может ему написать, или он отказался от опросов.
refused-survey-not-meant = Этот опрос не для него: человек не входит в сегмент опроса.
refused-survey-words = Слов нашлось слишком много: уточните условие, например tag:vip.
refused-survey-answered = Вы уже ответили, спасибо!
survey-declined = Хорошо, не будем. Если захочется что-то сказать, просто напишите сюда.
survey-put-off = Хорошо, отложим. Ответы сохранены: продолжить можно кнопкой в сообщении выше.
card-referred = { $count ->
    [one] По совету пришёл { $count } человек
    [few] По совету пришли { $count } человека
   *[other] По совету пришли { $count } человек
}
menu-surveys = Опросы и оценки
surveys-title = Опросы
surveys-hint = Найти в ответах: <code>/surveys слово</code>. Задать опрос: <code>/survey nps tag:vip</code>.
surveys-no-figure = оценок пока нет
surveys-figure-nps = NPS { $value } (вероятно, от { $low } до { $high })
surveys-figure-share = довольны { $value } % (вероятно, от { $low } до { $high } %)
surveys-figure-mean = в среднем { $value } (вероятно, от { $low } до { $high })
surveys-mean = Средняя оценка: { $mean }
surveys-reach = Ответили { $answered } из { $asked } ({ $share } %)
surveys-unasked = ещё не спрашивали
surveys-unfinished = { $count ->
    [one] Не до конца ответил { $count } человек
    [few] Не до конца ответили { $count } человека
   *[other] Не до конца ответили { $count } человек
}
surveys-hidden = Анонимных ответов меньше пяти: покажем, когда будет больше, чтобы никого не узнали.
surveys-trend = По месяцам:
surveys-answers = { $count ->
    [one] { $count } ответ
    [few] { $count } ответа
   *[other] { $count } ответов
}
surveys-by-manager = По менеджерам
surveys-by-service = По услугам
surveys-by-segment = По сегментам
surveys-comments = 💬 Что пишут
surveys-all = ‹ Все опросы
surveys-back = ‹ Назад
surveys-nothing = Пока сравнивать нечего.
surveys-unnamed = Без имени
surveys-no-comments = Ничего не нашлось.
survey-results = Результаты
surveys-picture = 📈 Картинкой
surveys-file = 📄 Файлом XLSX
surveys-drawing = Рисую, секунду…
surveys-chart-scores = Сколько каких оценок
surveys-chart-months = По месяцам, с вероятными пределами
survey-column-asked = Спросили
survey-column-answered = Ответ
survey-column-contact = Кто
survey-column-username = Ник
survey-column-number = Карточка
survey-column-manager = Менеджер
survey-column-request = Заявка
survey-column-score = Оценка
survey-column-comment = Слова
survey-column-day = День
survey-named-visit = Оценка визита
survey-named-csat = Довольны ли нами
survey-named-nps = Готовность рекомендовать
survey-named-ces = Легко ли с нами
survey-named-own = Свои вопросы
