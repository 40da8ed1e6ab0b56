using Flama.Cli.Commands;
using Flama.Cli.Configuration;
using Flama.Cli.Parsing;
using Flama.Tests;

namespace Flama.Cli.Tests.Configuration;

/// <summary>Models from files: <c>--model @FILE</c>.</summary>
public sealed class ModelNodeTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    [Theory]
    [InlineData("one.json", """{"file": "a.flm", "url": "/a", "name": "first"}""")]
    [InlineData("list.json", """[{"path": "a.flm", "url": "/a", "name": "first"}]""")]
    [InlineData("one.yaml", "file: a.flm\nurl: /a\nname: first")]
    [InlineData("list.yml", "- file: a.flm\n  url: /a\n  name: first")]
    public void Read_OneOrAList_IsRelativeToTheFile(string name, string content)
    {
        var entry = Assert.Single(Find(name, content));

        Assert.Equal((directory.PathOf("a.flm"), "/a", "first"), (entry.File, entry.Url, entry.Name));
    }

    [Fact]
    public void Read_Several_AreAllTaken()
    {
        var entries = Find("a.yaml", "- path: /tmp/a.flm\n- path: b.flm\n  name: 7");

        Assert.Equal(["/tmp/a.flm", directory.PathOf("b.flm")], entries.Select(entry => entry.File));
        Assert.Equal("7", entries[1].Name);
    }

    [Theory]
    [InlineData("a.json", "[]", "'{0}' names no model.")]
    [InlineData("a.json", "3", "The file (line 1 of '{0}') is '3', expected an object with file, url and name, or a list of such objects.")]
    [InlineData("a.json", "[3]", "[0] (line 1 of '{0}') is '3', expected an object with file, url and name.")]
    [InlineData("a.yaml", "- file: a.flm\n- ulr: /x\n", "Line 2 of '{0}' has no key [1].ulr.")]
    [InlineData("a.yaml", "file: a.flm\nurl: [1]\n", "url (line 2 of '{0}') is a list, expected a text.")]
    [InlineData("a.yaml", "- name: a\n", "[0] (line 1 of '{0}') is an object, expected a model with a file.")]
    [InlineData("a.yaml", "file: a.flm\npath: b.flm\n", "path (line 2 of '{0}') is 'b.flm', expected nothing beside file, which means the same.")]
    public void Read_WhatIsNoModel_SaysWhere(string name, string content, string expected)
    {
        var failure = Assert.Throws<FlamaException>(() => Find(name, content));

        Assert.Equal(string.Format(System.Globalization.CultureInfo.InvariantCulture, expected, directory.PathOf(name)), failure.Message);
        Assert.Equal(2, failure.Code.ExitCode);
    }

    [Fact]
    public void Read_UnknownKey_NamesTheNearest()
    {
        var failure = Assert.Throws<FlamaException>(() => Find("a.json", """{"fiel": "a.flm"}"""));

        Assert.Equal("Did you mean file? A model has: file, path, url, name, key, input_shape, schema, sha256.", failure.Remedy);
    }

    public void Dispose() => directory.Dispose();

    private IReadOnlyList<ModelEntry> Find(string name, string content)
    {
        File.WriteAllText(directory.PathOf(name), content);
        var line = CommandLineParser.Parse(new ProgramCommand(), ["serve", "--model", $"@{directory.PathOf(name)}"]);
        return ModelEntries.Find(new CommandContext(line, new TestConsole().Console), [], []);
    }
}
