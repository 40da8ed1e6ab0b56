using System.Text;
using Flama.Hosting.Configuration;
using Flama.Tests;

namespace Flama.Hosting.Tests.Configuration;

public sealed class ConfigDocumentTests : IDisposable
{
    private const string Json = """
        {"app": {"title": "A\nb", "debug": false},
         "server": {"port": 80, "uds": null,
          "headers": ["a:b", 1.5]}}
        """;

    private const string Yaml = """
        # the same
        app: {title: "A\nb", debug: False}
        server:
          port: 80
          uds: ~
          headers:
            - 'a:b'
            - 1.5
        """;

    private const string Marks = "{}[]:,-&*!|>%@`'\"# \n\t?~";

    private readonly TemporaryDirectory directory = new();

    [Theory]
    [InlineData("a.json", Json)]
    [InlineData("a.yaml", Yaml)]
    [InlineData("a.yml", Yaml)]
    [InlineData("a.YAML", Yaml)]
    [InlineData("a.conf", Json)]
    [InlineData("a", Yaml)]
    [InlineData("marked.json", "\uFEFF" + Json)]
    public void Read_JsonOrYaml_GivesTheSameTree(string name, string content)
    {
        var root = Read(name, content);

        Assert.Equal("{app:{title:Text A\nb,debug:Boolean false},server:{port:Number 80,uds:Null ,headers:[Text a:b,Number 1.5]}}", Show(root));
    }

    [Theory]
    [InlineData("a.json", Json, 2)]
    [InlineData("a.yaml", Yaml, 4)]
    public void Read_AnyValue_KnowsItsLine(string name, string content, int expected)
    {
        var root = Read(name, content);

        Assert.Equal(expected, root["server"]!["port"]!.Line);
    }

    [Theory]
    [InlineData("a.json", "{\n\"a\": 1,}", "line 2: it is not JSON there, byte 8.")]
    [InlineData("a.json", "", "line 1: it is not JSON there, byte 1.")]
    [InlineData("a.json", "{} {}", "line 1: it is not JSON there, byte 4.")]
    [InlineData("a.json", "{\"a\": 1,\n \"a\": 2}", "line 2: the key 'a' comes twice.")]
    [InlineData("a.yaml", "a: 1\nb: 2\na: 3", "line 3: the key 'a' comes twice.")]
    [InlineData("a.yaml", "a: [1", "it is not YAML there.")]
    [InlineData("a.yaml", "a: &x 1\nb: *x", "line 2: aliases (*name) are not taken: write the value out.")]
    [InlineData("a.yaml", "a: 1\n---\nb: 1", "there is a second document.")]
    [InlineData("a.toml", "a = 1\nb = \n", "line 2: a value is missing.")]
    [InlineData("a.toml", "a = 1\na = 2", "line 2: the key 'a' comes twice.")]
    [InlineData("a.toml", "a = 1\n[a]", "line 2: 'a' is not a table.")]
    [InlineData("a.toml", "a = 1 2", "line 1: there is more after the value.")]
    [InlineData("a.toml", "a = 'x", "line 1: a text does not end on its line.")]
    [InlineData("a.toml", "a = 2026-01-01", "line 1: '2026-01-01' is not a value that is read here.")]
    [InlineData("a.toml", "a = \"\\x\"", "line 1: a text has the escape \\x, which is not known.")]
    [InlineData("a.toml", "a = [1 2]", "line 1: ',' is missing.")]
    [InlineData("a.toml", "[a", "line 1: ']' is missing.")]
    [InlineData("a.toml", "a = \"\"\"x\"\"\"", "line 1: texts over several lines are not read: write \\n in a text on one line.")]
    [InlineData("a.yaml", "? [a]\n: 1", "line 1: a key has to be a text.")]
    public void Read_WhatIsNotWellFormed_SaysWhere(string name, string content, string expected)
    {
        var failure = Assert.Throws<FlamaException>(() => Read(name, content));

        Assert.EndsWith(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, failure.Code.ExitCode);
    }

    [Theory]
    [InlineData("a.json", "[")]
    [InlineData("a.yaml", "[")]
    [InlineData("a.yaml", "{a: ")]
    [InlineData("a.yaml", "- ")]
    [InlineData("a.yaml", "? ")]
    public void Read_DeepNesting_IsRefused(string name, string opening)
    {
        var failure = Assert.Throws<FlamaException>(() => Read(name, string.Concat(Enumerable.Repeat(opening, 20_000))));

        Assert.Equal(2, failure.Code.ExitCode);
    }

    [Theory]
    [InlineData("a=", "[")]
    [InlineData("a=", "{a=")]
    public void Read_DeepToml_IsRefused(string start, string opening)
    {
        var failure = Assert.Throws<FlamaException>(() => Read("a.toml", start + string.Concat(Enumerable.Repeat(opening, 20_000))));

        Assert.Equal(2, failure.Code.ExitCode);
    }

    [Fact]
    public void Read_TooLarge_IsRefused()
    {
        var failure = Assert.Throws<FlamaException>(() => Read("a.yaml", new string('#', (4 << 20) + 1)));

        Assert.EndsWith("has more than 4194304 bytes, too many for a kind of file.", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_Toml_IsTheSameTreeAsJson()
    {
        const string toml = """
            # models
            top = true
            text = "a\u00e9\t\"b\"" # more
            'quoted key' = 'C:\x'
            inline = {a = 1, b.c = [2.5, -3, 0x1F,
              "x",
            ]}

            [server]
            port = 8_000
            [server.tls]
            on = false

            [[models]]
            file = "a.flm"
            [[models]]
            file = "b.flm"
            [models.more]
            k = ""
            """;
        const string json = """
            {"top": true, "text": "aé\t\"b\"", "quoted key": "C:\\x", "inline": {"a": 1, "b": {"c": [2.5, -3, 31, "x"]}},
             "server": {"port": 8000, "tls": {"on": false}},
             "models": [{"file": "a.flm"}, {"file": "b.flm", "more": {"k": ""}}]}
            """;

        Assert.Equal(Shown(Read("a.json", json)), Shown(Read("a.toml", toml)));

        static string Shown(ConfigNode node) => node.Kind switch
        {
            ConfigNodeKind.Map => $"{{{string.Join(',', node.Members.Select(member => $"{member.Key}:{Shown(member.Value)}"))}}}",
            ConfigNodeKind.List => $"[{string.Join(',', node.Items.Select(Shown))}]",
            _ => $"{node.Kind}={node.Text}",
        };
    }

    [Fact]
    public void Read_OtherFormat_SaysWhichAreRead()
    {
        var failure = Assert.Throws<FlamaException>(() => Read("a.ini", "a = 1"));

        Assert.Equal("Write it as JSON (.json), YAML (.yaml, .yml) or TOML (.toml).", failure.Remedy);
    }

    [Fact]
    public void Read_MissingFile_SaysWhatWasTriedAndWhatIsNear()
    {
        File.WriteAllText(directory.PathOf("flama.yaml"), "a: 1");

        var failure = Assert.Throws<FlamaException>(() => ConfigDocument.Read(directory.PathOf("flama.json"), "kind of file"));

        Assert.Equal($"There is no kind of file '{directory.PathOf("flama.json")}'.", failure.Message);
        Assert.Equal("Files there with a similar name: flama.yaml.", failure.Remedy);
        Assert.Equal(2, failure.Code.ExitCode);
    }

    [Fact]
    public void Read_Directory_IsNoFile()
    {
        var failure = Assert.Throws<FlamaException>(() => ConfigDocument.Read(directory.Root, "kind of file"));

        Assert.Equal($"The kind of file '{directory.Root}' cannot be read: it is a directory.", failure.Message);
        Assert.Equal(1, failure.Code.ExitCode);
    }

    /// <summary>Whatever the bytes are: a tree or a typed failure.</summary>
    [Theory]
    [InlineData("a.json", Json)]
    [InlineData("a.yaml", Yaml)]
    public void Read_DamagedFiles_FailsWithAMessageOrNotAtAll(string name, string content)
    {
        Random random = new(17);
        var bytes = Encoding.UTF8.GetBytes(content);
        var path = directory.PathOf(name);
        for (var i = 0; i < 2000; i++)
        {
            var damaged = bytes[..random.Next(1, bytes.Length + 1)];
            for (var changes = random.Next(4); changes > 0; changes--)
            {
                damaged[random.Next(damaged.Length)] = (byte)(random.Next(3) == 0 ? random.Next(256) : Marks[random.Next(Marks.Length)]);
            }

            File.WriteAllBytes(path, damaged);
            try
            {
                Show(ConfigDocument.Read(path, "kind of file"));
            }
            catch (FlamaException failure)
            {
                Assert.NotEqual(ErrorCodes.Internal, failure.Code);
            }
        }
    }

    public void Dispose() => directory.Dispose();

    private ConfigNode Read(string name, string content)
    {
        File.WriteAllText(directory.PathOf(name), content);
        return ConfigDocument.Read(directory.PathOf(name), "kind of file");
    }

    private static string Show(ConfigNode node) => node.Kind switch
    {
        ConfigNodeKind.List => $"[{string.Join(',', node.Items.Select(Show))}]",
        ConfigNodeKind.Map => $"{{{string.Join(',', node.Members.Select(member => $"{member.Key}:{Show(member.Value)}"))}}}",
        _ => $"{node.Kind} {node.Text}",
    };
}
