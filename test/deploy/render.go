// Renders the templates of a chart as Helm does, as far as the example needs it: `text/template` with `toJson`.
// Reads {"release": …, "values": …} and writes the documents.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"text/template"
)

func main() {
	var input struct {
		Release string
		Values  map[string]any
	}
	check(json.NewDecoder(os.Stdin).Decode(&input))
	functions := template.FuncMap{"toJson": func(value any) (string, error) {
		text, err := json.Marshal(value)
		return string(text), err
	}}
	files, err := filepath.Glob(filepath.Join(os.Args[1], "*.yaml"))
	check(err)
	for _, file := range files {
		text, err := os.ReadFile(file)
		check(err)
		parsed, err := template.New(file).Option("missingkey=error").Funcs(functions).Parse(string(text))
		check(err)
		fmt.Println("---")
		check(parsed.Execute(os.Stdout, map[string]any{
			"Release": map[string]any{"Name": input.Release},
			"Values":  input.Values,
		}))
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
