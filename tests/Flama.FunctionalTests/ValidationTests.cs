using System.Net;
using System.Text.Json;
using Flama.Tests;

namespace Flama.FunctionalTests;

public sealed class ValidationTests
{
    private const string Schema = """{"type":"array","prefixItems":[{"minimum":0,"maximum":1},{"enum":[0,1],"description":"The second gate.","x-sensitive":true}]}""";

    [Fact]
    public async Task Serve_WithASchema_RefusesRowsByEveryWay()
    {
        using TemporaryDirectory directory = new();
        await using var server = await FlamaServer.StartAsync([Xor.Path, "--server-port", "0", "--model-schema", await WriteAsync(directory, Schema)]);

        using var good = await server.PostAsync("/predict/", "{\"input\": [[0, 1]]}");
        using var bad = await server.PostAsync("/predict_proba/", "{\"input\": [[0, 1], [7, 123]]}");
        using var stream = await server.PostAsync("/stream/", "[[0, 1]]\n[[0.5, 5]]\n"u8.ToArray(), "application/x-ndjson");
        using var problem = JsonDocument.Parse(await bad.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var lines = (await stream.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n');
        var schema = await server.GetStringAsync("/schema/");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.BadRequest), (good.StatusCode, bad.StatusCode));
        Assert.Equal(
            """
            [{"loc":["input",1,0],"msg":"Row 1, feature 0 is 7, expected 1 or less.","type":"schema_violation","rule":"maximum","bound":1},{"loc":["input",1,1],"msg":"Row 1, feature 1 must be one of 0, 1.","type":"schema_violation","rule":"enum","bound":[0,1]}]
            """,
            problem.RootElement.GetProperty("errors").GetRawText());
        Assert.DoesNotContain("123", problem.RootElement.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("\"output\":[1]", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"rule\":\"enum\"", lines[1], StringComparison.Ordinal);
        Assert.Contains("The second gate.", schema, StringComparison.Ordinal);
        Assert.Contains("\"maximum\": 1", schema, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_ModeWarn_ComputesAndTellsWithoutValues()
    {
        using TemporaryDirectory directory = new();
        await using var server = await FlamaServer.StartAsync(
            ["--model", $"file={Xor.Path},name=xor,schema={await WriteAsync(directory, Schema)}", "--server-port", "0", "--model-validation", "warn", "--app-metrics", "/metrics"]);

        using var answer = await server.PostAsync("/predict/?include=probabilities", "{\"input\": [[12345, 1]]}");
        var warning = await server.Process.WaitForErrorAsync("against its schema");
        var metrics = await server.GetStringAsync("/metrics");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("1 since the last warning: feature 0 maximum 1", warning, StringComparison.Ordinal);
        Assert.DoesNotContain("12345", warning, StringComparison.Ordinal);
        Assert.Matches("flama_validation_violations_total\\{[^}]*\\} 1 ", metrics.Replace('\n', ' '));
    }

    [Fact]
    public async Task Package_WithASchema_IsCheckedEverywhere()
    {
        using TemporaryDirectory directory = new();
        var package = directory.PathOf("xor.flm");
        var extra = directory.PathOf("extra.flm");
        var packed = await FlamaProcess.RunAsync(["package", Xor.Path, "--output", package, "--artifact", $"schema.json={await WriteAsync(directory, Schema)}"]);
        var second = await FlamaProcess.RunAsync(["package", Xor.Path, "--output", extra, "--extra", $"schema={Schema}"]);

        var refused = await FlamaProcess.RunAsync(["model", package, "predict"], "[[0, 5]]");
        var byExtra = await FlamaProcess.RunAsync(["model", extra, "predict"], "[[0, 5]]");
        var skipped = await FlamaProcess.RunAsync(["model", package, "predict", "--on-error", "null"], "[[0, 1], [0, 5], [0, 0]]");
        var warned = await FlamaProcess.RunAsync(["model", package, "predict", "--model-validation", "warn"], "[[0, 5]]");
        var off = await FlamaProcess.RunAsync(["model", package, "predict", "--model-validation", "off"], "[[0, 5]]");

        Assert.Equal((0, 0, 1, 1), (packed.ExitCode, second.ExitCode, refused.ExitCode, byExtra.ExitCode));
        Assert.Equal("Error: Row 0, feature 1 must be one of 0, 1.\n", refused.Error);
        Assert.Equal(refused.Error, byExtra.Error);
        Assert.Equal("[1, null, 0]\n", skipped.Output);
        Assert.Equal((0, "Warning: Row 0, feature 1 must be one of 0, 1.\nWarning: 1 cell is against the schema.\n"), (warned.ExitCode, warned.Error));
        Assert.Equal((0, ""), (off.ExitCode, off.Error));
    }

    [Fact]
    public async Task Schema_DerivedFromData_AcceptsThemAndNothingOutside()
    {
        using TemporaryDirectory directory = new();
        var data = directory.PathOf("train.csv");
        var schema = directory.PathOf("derived.json");
        await File.WriteAllTextAsync(data, $"a,b,target\n{string.Concat(Enumerable.Range(0, 50).Select(i => $"{i / 10.0},{i % 2},x\n"))}", TestContext.Current.CancellationToken);

        var derived = await FlamaProcess.RunAsync(["schema", "derive", data, "--model", Xor.Path, "--drop", "target", "--output", schema]);
        var wider = await FlamaProcess.RunAsync(["schema", "derive", data, "--model", Xor.Path, "--drop", "target", "--margin", "0.5"]);
        var same = await FlamaProcess.RunAsync(["model", Xor.Path, "predict", "-f", data, "--drop", "target", "--model-schema", schema, "-o", directory.PathOf("out.csv")]);
        var outside = await FlamaProcess.RunAsync(["model", Xor.Path, "predict", "--model-schema", schema], "[[5, 0.5]]");
        var none = await FlamaProcess.RunAsync(["schema", "derive", data]);

        Assert.Equal((0, 0, 1, 2), (derived.ExitCode, same.ExitCode, outside.ExitCode, none.ExitCode));
        using var document = JsonDocument.Parse(await File.ReadAllTextAsync(schema, TestContext.Current.CancellationToken));
        Assert.Equal("Derived from 50 rows of train.csv.", document.RootElement.GetProperty("description").GetString());
        Assert.Equal((0, 4.9), (document.RootElement.GetProperty("prefixItems")[0].GetProperty("minimum").GetDouble(), document.RootElement.GetProperty("prefixItems")[0].GetProperty("maximum").GetDouble()));
        Assert.Equal(2, document.RootElement.GetProperty("prefixItems")[1].GetProperty("enum").GetArrayLength());
        Assert.Contains("-2.45", wider.Output, StringComparison.Ordinal);
        Assert.StartsWith("Error: Row 0, feature 0 is 5, expected 4.9 or less. (and 1 more problem)\n", outside.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_WithAWrongSchema_DoesNotStart()
    {
        using TemporaryDirectory directory = new();
        var unknown = await FlamaProcess.RunAsync(["serve", Xor.Path, "--server-port", "0", "--model-schema", await WriteAsync(directory, """{"prefixItems":[{"maximun":1}]}""")]);
        var missing = await FlamaProcess.RunAsync(["serve", Xor.Path, "--server-port", "0", "--model-schema", "/nowhere/s.json"]);

        Assert.Equal((1, 2), (unknown.ExitCode, missing.ExitCode));
        Assert.Contains("Error: #/prefixItems/0/maximun of 'schema.json' is not a keyword of JSON Schema.\nDid you mean maximum?\n", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("There is no schema '/nowhere/s.json'", missing.Error, StringComparison.Ordinal);
    }

    private static async Task<string> WriteAsync(TemporaryDirectory directory, string schema)
    {
        var path = directory.PathOf("schema.json");
        await File.WriteAllTextAsync(path, schema, TestContext.Current.CancellationToken);
        return path;
    }
}
