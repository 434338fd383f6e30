# A form: questions, buttons, the summary, and what is said when an answer cannot be taken.
form-step = { $number } из { $total }
form-back = Назад
form-skip = Пропустить
form-cancel = Отмена
form-done = Готово
form-keep = Да, верно
form-change = Изменить
form-share-phone = 📱 Отправить мой номер
form-share-place = 📍 Отправить, где я
form-offer = Записываем: <b>{ $value }</b>. Всё верно?
form-chosen = Сейчас выбрано: <b>{ $value }</b>.
form-files =
    { $count ->
        [one] Получили { $count } файл. Можно прислать ещё или нажать «Готово».
        [few] Получили { $count } файла. Можно прислать ещё или нажать «Готово».
       *[many] Получили { $count } файлов. Можно прислать ещё или нажать «Готово».
    }
form-understood = ✓ { $label }: <b>{ $value }</b>
form-onward = Хорошо, идём дальше.
form-line = { $label }: <b>{ $value }</b>
form-check = Всё верно? Если нет, нажмите на то, что нужно исправить.
form-anonymous = Имя и контакты мы не спрашивали: вы решили ими не делиться. Ответим здесь, в этом чате.
form-send = ✅ Отправить
form-edit = ✎ { $label }
form-thanks = Спасибо! Заявка № { $number } у нас. Ответим здесь, в этом чате.
form-put-aside = Хорошо, остановились. Ответы сохранили: к ним можно вернуться через /start.
form-unfinished = Вы не закончили: <b>{ $form }</b>. Остановились на вопросе { $number } из { $total }.
form-unfinished-end = Вы не закончили: <b>{ $form }</b>. Осталось только проверить и отправить.
form-stopped = А мы остановились на вопросе { $number } из { $total }: <b>{ $form }</b>.
form-stopped-end = А ваша заявка ещё не отправлена: <b>{ $form }</b>.
form-continue = Продолжить
form-anew = Начать заново
form-nudge = Вы начали, но не закончили: <b>{ $form }</b>. Продолжим? Всё, что вы ответили, на месте.
form-later = Не сейчас
form-let-go = Хорошо. Когда будет удобно, нажмите /start: ответы на месте.
form-gone = Этой формы больше нет: мы её изменили. Давайте начнём новую.
form-over = Эта заявка уже закончена.
form-sent = Уже отправлено: заявка у нас.
form-past = Этот вопрос уже позади.
form-got =
    { $kind ->
        [sticker] Хороший стикер, но ответа в нём не видно.
        [voice] Голосовое здесь послушать некому.
        [video_note] Видеосообщение здесь посмотреть некому.
        [video] Видео сейчас не нужно.
        [animation] Гифка хороша, но ответа в ней не видно.
        [audio] Аудио сейчас не нужно.
        [photo] Фото сейчас не нужно.
        [document] Файл сейчас не нужен.
        [dice] Положимся не на удачу, а на ответ.
        [poll] На опрос ответить не сможем.
        [contact] Контакт сейчас не нужен.
        [stranger] Это чужой контакт, а нужен ваш.
        [location] Место сейчас не нужно.
        [venue] Место сейчас не нужно.
        [edited] Правку старого сообщения не учли: изменить ответ можно кнопкой «Назад» или перед отправкой.
        [forwarded] Пересланное сообщение за ответ не принимаем.
       *[other] Такое сообщение за ответ не принимаем.
    }

field-name = Имя
field-phone = Телефон
field-email = Почта
ask-name = Как к вам обращаться?
ask-phone = По какому телефону с вами связаться?
ask-email = На какую почту вам написать?
hint-date = Например: «завтра», «в пятницу», «25 декабря».
hint-time = Например: «15:30» или «в пять вечера».
hint-datetime = Например: «завтра в 15» или «в пятницу в 18:30».
hint-file = Подойдут фото и файлы, можно несколько.
hint-location = Нажмите кнопку внизу или напишите адрес.
hint-choices = Можно отметить несколько.
answer-yes = Да
answer-no = Нет
answer-none = ничего
answer-skipped = —
answer-place = на карте: { $lat }, { $lon }
answer-files =
    { $count ->
        [one] { $count } файл
        [few] { $count } файла
       *[many] { $count } файлов
    }

reask-text-empty = Не видно ни слова. Напишите ответ текстом.
reask-text-short =
    { $min ->
        [one] Слишком коротко: нужен хотя бы { $min } знак.
        [few] Слишком коротко: нужно хотя бы { $min } знака.
       *[many] Слишком коротко: нужно хотя бы { $min } знаков.
    }
reask-text-long = Слишком длинно: поместится { $max }, а знаков здесь { $length }. Сократите, пожалуйста.
reask-name-letters = В имени должна быть хотя бы одна буква.
reask-phone-invalid = Не похоже на номер телефона. Напишите его с кодом, например { $example }.
reask-email-invalid = Не похоже на адрес почты. Он выглядит так: name@example.com.
reask-email-typo = В адресе, кажется, опечатка. Какой верный?
reask-number-invalid = Нужно число, цифрами.
reask-number-ambiguous = Это число можно прочитать по-разному. Какое верно?
reask-number-small = Нужно число не меньше { $min }.
reask-number-large = Нужно число не больше { $max }.
reask-choice-unknown = Такого варианта нет. Нажмите на один из тех, что ниже.
reask-choice-several = Подходит несколько вариантов. Нажмите на нужный.
reask-choices-few =
    { $min ->
        [one] Отметьте хотя бы { $min } вариант.
        [few] Отметьте хотя бы { $min } варианта.
       *[many] Отметьте хотя бы { $min } вариантов.
    }
reask-choices-many =
    { $max ->
        [one] Можно отметить не больше { $max } варианта.
       *[many] Можно отметить не больше { $max } вариантов.
    }
reask-date-unknown = Не получилось понять. Напишите, пожалуйста, проще, как в примере.
reask-date-past = Это уже прошло. Что подойдёт из того, что впереди?
reask-date-future = Этот день ещё не наступил. Проверьте, пожалуйста, год.
reask-date-impossible = Такого дня или времени не бывает. Проверьте, пожалуйста.
reask-date-range = Нужно одно определённое время, а не промежуток.
reask-date-doubt = Это можно понять по-разному. Что вы имели в виду?
reask-date-closed = В это время мы закрыты: работаем с { $open } до { $close }. Назовите, пожалуйста, день и время в эти часы.
reask-date-year = Напишите вместе с годом, например 25.12.1990.
reask-time-missing = День поняли. А во сколько?
reask-date-missing = Время поняли. А в какой день?
reask-files-few =
    { $min ->
        [one] Нужен хотя бы { $min } файл.
        [few] Нужно хотя бы { $min } файла.
       *[many] Нужно хотя бы { $min } файлов.
    }
reask-files-many =
    { $max ->
        [one] Больше { $max } файла не поместится. Нажмите «Готово».
       *[many] Больше { $max } файлов не поместится. Нажмите «Готово».
    }
reask-location-invalid = Такого места на карте нет. Пришлите его ещё раз или напишите адрес.
reask-consent-choose = Выберите кнопкой: согласны вы или продолжим без этого.
reask-consent-needed = Без согласия этот вопрос не пройти. Его можно дать или отменить заявку.
reask-summary-choose = Осталось проверить: отправьте заявку или нажмите на ответ, который нужно исправить.
reask-not-optional = Этот вопрос пропустить нельзя.
reask-no-back = Это первый вопрос, назад некуда.
reask-no-offer = Напишите ответ, пожалуйста.
reask-choose-button = Нажмите на одну из кнопок ниже.
reask-expected-text = Напишите ответ словами.
reask-expected-phone = Напишите номер или нажмите кнопку внизу.
reask-expected-email = Напишите адрес почты.
reask-expected-choice = Нажмите на один из вариантов.
reask-expected-choices = Отметьте варианты и нажмите «Готово».
reask-expected-number = Напишите число.
reask-expected-date = Напишите день, например «в пятницу».
reask-expected-time = Напишите время, например «15:30».
reask-expected-datetime = Напишите день и время, например «завтра в 15».
reask-expected-file = Пришлите фото или файл.
reask-expected-location = Пришлите место кнопкой внизу или напишите адрес.
reask-expected-consent = Ответьте кнопкой: да или нет.
