using System.Globalization;
using Flama.Cli.Commands;
using Flama.Cli.Parsing;
using Flama.Cli.Serving;
using Flama.Cli.Settings;
using Flama.Tests;

namespace Flama.Cli.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly TestConsole console = new();

    private string Path => directory.PathOf("flama.json");

    [Fact]
    public void Read_Everything_IsInTheOptions()
    {
        var plan = Read("""
            {
              "app": {
                "title": "T", "version": "2", "description": "D", "schema": "", "docs": "", "debug": true,
                "models": [{"url": "/a/", "path": "a.flm", "name": "a"}, {"path": "/models/b.flm"}]
              },
              "server": {
                "host": "0.0.0.0", "port": 81, "limit_concurrency": 3, "timeout_keep_alive": 2.5, "access_log": false, "root_path": "/r",
                "headers": [["X-One", "1"], "X-Two: 2"], "forwarded_allow_ips": ["10.0.0.1", "10.0.0.2"], "log_level": "WARNING"
              }
            }
            """);

        Assert.Equal(
            [(directory.PathOf("a.flm"), "/a/", "a"), ("/models/b.flm", "/b/", "b")],
            plan.Models.Select(model => (model.File, model.Url, model.Name)));
        var values = plan.Values;
        Assert.Equal(
            ("T", "2", "D", "", "", true),
            (values.Get(AppSettings.Title), values.Get(AppSettings.Version), values.Get(AppSettings.Description), values.Get(AppSettings.SchemaPath), plan.DocsPath, values.Get(AppSettings.Debug)));
        Assert.Equal(
            ("0.0.0.0", 81, 3, 2.5),
            (values.Get(ServerSettings.Host), values.Get(ServerSettings.Port), values.Get(ServerSettings.LimitConcurrency), values.Get(ServerSettings.TimeoutKeepAlive)));
        Assert.Equal(["X-One=1", "X-Two=2"], ServerPipeline.HeadersOf(values).Select(header => $"{header.Key}={header.Value}"));
        Assert.Equal("10.0.0.1,10.0.0.2", values.Get(ServerSettings.ForwardedAllowIps));
        Assert.Empty(plan.Log.Access);
    }

    [Fact]
    public void Read_SeveralPlaces_NearerOneWins()
    {
        File.WriteAllText(directory.PathOf("a.env"), "FLAMA_APP_TITLE=from env file\nFLAMA_APP_VERSION=from env file\nFLAMA_APP_DESCRIPTION=from env file\n");
        console.Variables["FLAMA_APP_TITLE"] = "from environment";
        console.Variables["FLAMA_APP_VERSION"] = "from environment";

        var plan = Read(
            """{"app": {"title": "file", "version": "file", "description": "file", "debug": true}, "server": {"env_file": "a.env"}}""",
            "--app-title=from line");

        Assert.Equal(("from line", "from environment", "from env file", true), (plan.Values.Get(AppSettings.Title), plan.Values.Get(AppSettings.Version), plan.Values.Get(AppSettings.Description), plan.Values.Get(AppSettings.Debug)));
    }

    [Theory]
    [InlineData("--model=line.flm", null, "line.flm")]
    [InlineData(null, "variable.flm", "variable.flm")]
    [InlineData(null, null, "file.flm")]
    public void Read_Models_AreOfTheNearestPlace(string? onLine, string? inEnvironment, string expected)
    {
        if (inEnvironment is not null)
        {
            console.Variables["FLAMA_MODEL_PATH"] = inEnvironment;
        }

        var plan = Read("""{"app": {"models": [{"path": "/file.flm", "url": "/x"}]}}""", onLine is null ? [] : [onLine]);

        Assert.Equal(expected, System.IO.Path.GetFileName(Assert.Single(plan.Models).File));
    }

    [Fact]
    public void Read_FileOfPathOption_IsRelativeToTheConfiguration()
    {
        var context = Context("""{"server": {"uds": "a.sock", "log_config": "/etc/log.yaml", "ssl_ca_certs": "ca.pem", "root_path": "/r"}}""");

        Assert.Equal(directory.PathOf("a.sock"), context.Values.Get(ServerSettings.SocketPath));
        Assert.Equal(directory.PathOf("ca.pem"), context.Values.Get(ServerSettings.ClientAuthorities));
        Assert.Equal("/etc/log.yaml", context.Values.Get(ServerSettings.LogConfig));
        Assert.Equal("/r", context.Values.Get(ServerSettings.RootPath));
    }

    [Theory]
    [InlineData("""{"app": {"tilte": "x"}}""", "'{0}' has the key app.tilte on line 1, which is not known.", "Did you mean app.title?")]
    [InlineData("{\"title\": \"x\"}", "'{0}' has the key title on line 1, which is not known.", "Did you mean app.title?")]
    [InlineData("{\"server\":\n{\"log-level\": \"x\"}}", "'{0}' has the key server.log-level on line 2, which is not known.", "Did you mean server.log_level?")]
    [InlineData("""{"app": {"models": [{"path": "a", "nmae": "b"}]}}""", "Line 1 of '{0}' has no key app.models[0].nmae.", "Did you mean app.models[0].name? A model has: file, path, url, name, key, input_shape, schema, sha256.")]
    [InlineData("""{"zzz": 1}""", "'{0}' has the key zzz on line 1, which is not known.", "See: flama start --create-config full")]
    public void Read_UnknownKey_NamesItInFullAndTheNearest(string content, string message, string remedy)
    {
        var failure = Assert.Throws<FlamaException>(() => Context(content));

        Assert.Equal(string.Format(CultureInfo.InvariantCulture, message, Path), failure.Message);
        Assert.Equal(remedy, failure.Remedy);
    }

    [Theory]
    [InlineData("[]", "The file (line 1 of '{0}') is a list, expected an object with app and server.")]
    [InlineData("{\"server\": 3, \"app\": {}}", "server (line 1 of '{0}') is '3', expected an object.")]
    [InlineData("{\"server\": {\n\"port\": true}}", "server.port (line 2 of '{0}') is 'true', expected a whole number from 0 to 65535.")]
    [InlineData("{\"server\": {\n\"port\": \"abc\"}}", "server.port (line 2 of '{0}') is 'abc', expected a whole number from 0 to 65535.")]
    [InlineData("{\"server\": {\"access_log\": [1]}}", "server.access_log (line 1 of '{0}') is a list, expected true or false.")]
    [InlineData("{\"server\": {\"host\": {}}}", "server.host (line 1 of '{0}') is an object, expected a text.")]
    [InlineData("{\"app\": {\"title\": false}}", "app.title (line 1 of '{0}') is 'false', expected a text.")]
    [InlineData("{\"server\": {\"log_level\": \"loud\"}}", "server.log_level (line 1 of '{0}') is 'loud', expected one of critical, error, warning, info, debug, trace.")]
    [InlineData("{\"app\": {\"models\": \"a.flm\"}}", "app.models (line 1 of '{0}') is 'a.flm', expected an object with file, url and name, or a list of such objects.")]
    public void Read_WrongType_SaysKeyLineAndWhatIsAllowed(string content, string message)
    {
        var failure = Assert.Throws<FlamaException>(() => Context(content));

        Assert.Equal(string.Format(CultureInfo.InvariantCulture, message, Path), failure.Message);
        Assert.Equal(2, failure.Code.ExitCode);
    }

    [Fact]
    public void Read_WithoutEffect_IsOneNotice()
    {
        var context = Context("""
            {"app": {"models": [{"path": "a.flm", "params": {"a": 1}, "serving": null}]}, "server": {"loop": "uvloop", "factory": false, "http": null}}
            """);

        ServerPlan.Read(context);

        Assert.Equal(["Without effect here: server.loop, params"], context.Notices);
    }

    [Theory]
    [InlineData("src.api:app", "names a Python module; Python cannot be run here.")]
    [InlineData("api.csproj", "There is no application '")]
    [InlineData("flama.json", "is not an application that can be run.")]
    public async Task Start_ApplicationByName_SaysWhatToDo(string application, string expected)
    {
        await File.WriteAllTextAsync(Path, $$"""{"app": "{{application}}", "server": {"port": 0} }""", TestContext.Current.CancellationToken);

        var exit = await console.RunAsync("start", Path);

        Assert.Equal(2, exit);
        Assert.Contains(expected, console.Error, StringComparison.Ordinal);
        Assert.Equal(2, console.Error.TrimEnd('\n').Split('\n').Length);
    }

    [Fact]
    public async Task Start_NoModels_SaysWhere()
    {
        await File.WriteAllTextAsync(Path, "{}", TestContext.Current.CancellationToken);

        var exit = await console.RunAsync("start", Path);

        Assert.Equal(2, exit);
        Assert.Equal($"Error: '{Path}' names no model.\nAdd one to app.models: an object with url, path and name.\n", console.Error);
    }

    /// <summary>Whatever stands in the file: options or a typed failure.</summary>
    [Fact]
    public void Read_ChangedFileOfTheOriginal_FailsWithAMessageOrNotAtAll()
    {
        Random random = new(5);
        var content = File.ReadAllText(Flama.Tests.Fixtures.PathOf("config", "original-full.json"));
        string[] values = ["null", "true", "-1", "1e99", "\"\"", "\"x\"", "[]", "[[]]", "[{}]", "{}", "{\"a\":[{}]}"];
        for (var i = 0; i < 1000; i++)
        {
            // One value or more is replaced by one of another kind.
            var changed = content;
            for (var changes = random.Next(1, 4); changes > 0; changes--)
            {
                var colons = Enumerable.Range(0, changed.Length - 2).Where(at => changed[at] == ':' && changed[at + 1] == ' ').ToList();
                var start = colons[random.Next(colons.Count)] + 2;
                var end = changed.IndexOfAny([',', '}', ']'], start);
                changed = $"{changed[..start]}{values[random.Next(values.Length)]}{changed[end..]}";
            }

            try
            {
                Read(changed);
            }
            catch (FlamaException failure)
            {
                Assert.NotEqual(ErrorCodes.Internal, failure.Code);
            }
        }
    }

    public void Dispose() => directory.Dispose();

    private ServerPlan Read(string content, params string[] arguments)
    {
        var context = Context(content, arguments);
        return ServerPlan.Read(context);
    }

    private CommandContext Context(string content, params string[] arguments)
    {
        File.WriteAllText(Path, content);
        CommandContext context = new(CommandLineParser.Parse(new ProgramCommand(), ["start", .. arguments]), console.Console);
        context.AddFiles(Path);
        return context;
    }
}
