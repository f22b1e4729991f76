gazetteMeaning.put({{ name | tojson }}{% for part in content %}, {{ part | tojson }}{% endfor %});
