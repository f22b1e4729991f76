{% set texts = {} %}
{% for key, text in t.texts.items() if key.startswith(("reading.", "cite.", "keys.")) %}
{% set _ = texts.update({key: text}) %}
{% endfor %}
window.gazetteStrings = {{ texts | tojson }};
