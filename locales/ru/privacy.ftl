# Consent, one's own data, being erased.
consent-text = Чтобы ответить вам, { $business } сохранит то, что вы сообщите о себе: имя, телефон и другие ответы. Они нужны только для связи с вами. Их можно посмотреть и удалить в /privacy.
consent-without = Можно и без этого: тогда имя и контакты не спросим и ответим здесь.
consent-agree = Даю согласие, продолжить
consent-decline = Продолжить без этого
consent-read = Прочитать подробно
consent-marketing = Соглашаюсь получать от { $business } новости и предложения в этом чате.
consent-survey = Соглашаюсь получать от { $business } опросы в этом чате.
privacy-text =
    <b>Ваши данные</b>
    { $consent }

    Файл со всем, что мы о вас знаем, можно получить здесь. Здесь же можно всё удалить.
privacy-my-data = 📄 Мои данные файлом
privacy-erase = 🗑 Удалить всё обо мне
my-data-caption = Всё, что мы о вас знаем. Второй файл — то же самое для программ.
my-data-nothing = О вас ничего не сохранено.
my-data-file = moi-dannye
my-data-title = Всё, что мы о вас знаем, на { $at }
my-data-card = Карточка
my-data-name = Имя
my-data-language = Язык
my-data-zone = Часовой пояс
my-data-source = Откуда пришли
my-data-since = Знакомы с
my-data-status = Статус
my-data-balance = Баллы
my-data-consents = Ваши согласия
my-data-points = Телефоны и почта
my-data-requests = Заявки
my-data-purchases = Покупки
my-data-family = Ваша семья
my-data-notes = Заметки о вас
my-data-surveys = Оценки и отзывы
my-data-files = Файлы
my-data-timeline = Что вы писали и что происходило
my-data-told = Что писали вам
erase-sure =
    <b>Удалить всё?</b>
    Исчезнут имя, контакты, заявки, файлы и переписка в нашей базе. Открытыми заявками мы заниматься перестанем. Вернуть ничего будет нельзя.

    Останется только номер карточки с датой удаления и числом заявок — без сведений о вас. Сообщения в самом чате может удалить только вы.
erase-yes = Да, удалить всё
erase-no = Нет, оставить
erased = Готово: всё удалено. Если снова напишете, познакомимся заново.
erased-card = Заявка № { $number }: клиент удалил свои данные. Заниматься ей больше не нужно.
