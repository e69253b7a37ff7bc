"""The public dossier: pages and open formats, by allow-list. Its public function is `build.build`."""
