using Microsoft.Extensions.DependencyInjection;

namespace Flama.Hosting.Tests.Configuration;

public sealed class ModelsFileTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("flama-hosting-tests-").FullName;

    [Theory]
    [InlineData("models.json", """[{"file": "a.flm", "url": "/x/"}, {"path": "b.flm", "name": "bee"}]""")]
    [InlineData("models.yaml", "- {file: a.flm, url: /x/}\n- {path: b.flm, name: bee}\n")]
    [InlineData("models.toml", "[[models]]\nfile = 'a.flm'", "models")]
    public void AddModels_AnyFormat_RegistersEachByItsName(string name, string content, string? unknown = null)
    {
        var path = Path.Combine(directory, name);
        File.WriteAllText(path, content);
        ServiceCollection services = new();

        if (unknown is not null)
        {
            // TOML has no list at the top.
            Assert.Contains("where an object with a file is expected", Assert.Throws<FlamaException>(() => services.AddFlamaHosting().AddModels(path)).Message, StringComparison.Ordinal);
            return;
        }

        services.AddFlamaHosting().AddModels(path);

        var keys = services.Where(service => service.IsKeyedService && service.ServiceType == typeof(ServedModel)).Select(service => service.ServiceKey);
        Assert.Equal(["a", "bee"], keys);
    }

    [Theory]
    [InlineData("- {file: a.flm, ulr: /x/}", "has the key 'ulr', which is not known; a model has file, path, url, name (line 1).")]
    [InlineData("- {name: a}", "has an object where an object with a file is expected (line 1).")]
    [InlineData("3", "has '3' where an object with a file is expected (line 1).")]
    public void AddModels_WhatIsNotAModel_TellsWhere(string content, string expected)
    {
        var path = Path.Combine(directory, "models.yaml");
        File.WriteAllText(path, content);

        var failure = Assert.Throws<FlamaException>(() => new ServiceCollection().AddFlamaHosting().AddModels(path));

        Assert.EndsWith(expected, failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
