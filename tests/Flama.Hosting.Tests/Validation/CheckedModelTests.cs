using Flama.Hosting;
using Flama.Schemas;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests.Validation;

public sealed class CheckedModelTests
{
    private static readonly string Xor = Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    [Fact]
    public async Task AddModel_WithASchema_ChecksRowsOfPrograms()
    {
        using TemporaryDirectory directory = new();
        var schema = directory.PathOf("schema.json");
        await File.WriteAllTextAsync(schema, """{"type":"array","items":{"minimum":0,"maximum":1}}""", TestContext.Current.CancellationToken);
        ServiceCollection services = new();
        services.AddLogging().AddFlama()
            .AddModel("strict", Xor, model => model.Schema = schema)
            .AddModel("warn", Xor, model => (model.Schema, model.Validation) = (schema, ValidationMode.Warn))
            .AddModel("plain", Xor);
        await using var provider = services.BuildServiceProvider();
        var models = provider.GetRequiredService<ServedModels>();

        var failure = Assert.Throws<FlamaException>(() => models["strict"].PredictLabels([[0, 1], [2, 0]]));

        Assert.Equal("Row 1, feature 0 is 2, expected 1 or less.", failure.Message);
        Assert.Equal(["1"], models["strict"].PredictLabels([[0, 1]]));
        Assert.Equal(models["plain"].PredictLabels([[2, 0]]), models["warn"].PredictLabels([[2, 0]]));
    }

    [Fact]
    public async Task CacheName_OtherChecks_IsAnother()
    {
        using TemporaryDirectory directory = new();
        foreach (var (name, bound) in new[] { ("a", 1), ("b", 2) })
        {
            await File.WriteAllTextAsync(directory.PathOf(name), $"{{\"type\":\"array\",\"items\":{{\"maximum\":{bound}}}}}", TestContext.Current.CancellationToken);
        }

        ServiceCollection services = new();
        services.AddLogging().AddFlama()
            .AddModel("plain", Xor)
            .AddModel("same", Xor)
            .AddModel("a", Xor, model => model.Schema = directory.PathOf("a"))
            .AddModel("b", Xor, model => model.Schema = directory.PathOf("b"))
            .AddModel("off", Xor, model => model.Validation = ValidationMode.Off);
        await using var provider = services.BuildServiceProvider();

        var names = provider.GetRequiredService<ServedModels>().Models.Select(model =>
        {
            using var lease = model.Acquire();
            return lease.Loaded.CacheName;
        }).ToArray();

        // An answer that was kept without a check is never that of a model with one.
        Assert.Equal(names[0], names[1]);
        Assert.Equal(4, names.Distinct(StringComparer.Ordinal).Count());
    }
}
