using System.Net;
using System.Text;
using Flama.Hosting.Repository;
using Flama.Schemas;
using Flama.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Flama.Hosting.Tests.Configuration;

/// <summary>Options of programs that stand in their configuration.</summary>
public sealed class FlamaSectionTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("flama-hosting-tests-").FullName;

    private static string Xor => Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zlib__sk1.4.2.flm");

    [Fact]
    public void Flama_EveryOption_IsRead()
    {
        using var host = Build("""
            {"Flama": {"Title": "Churn", "Version": "2.0", "Description": "Who leaves", "MaxDegreeOfParallelism": 2, "StopDelay": "00:00:03", "HidesInternals": true,
             "Health": {"Port": 0, "Address": "0.0.0.0"}, "Updates": {"Examines": false, "CaseTolerance": 0.5, "WarmUp": "00:00:00"},
             "Batching": {"MaxRows": 8, "MaxDelay": "00:00:00.005", "MaxQueue": 9}}}
            """);

        var options = host.Services.GetRequiredService<IOptions<FlamaOptions>>().Value;

        Bound.AssertAllSet(options, new FlamaOptions(), nameof(FlamaOptions.Engines));
        Assert.Equal(("Churn", 2, TimeSpan.FromSeconds(3)), (options.Title, options.MaxDegreeOfParallelism, options.StopDelay));
        Assert.Equal((0, IPAddress.Any), (options.Health.Port, options.Health.Address));
        Assert.Equal((false, 0.5, TimeSpan.Zero), (options.Updates.Examines, options.Updates.CaseTolerance, options.Updates.WarmUp));
        Bound.AssertAllSet(options.Batching!, new());
        Assert.Equal((8, TimeSpan.FromMilliseconds(5), 9), (options.Batching!.MaxRows, options.Batching.MaxDelay, options.Batching.MaxQueue));
        Assert.NotEmpty(options.Engines.Engines);
    }

    [Theory]
    [InlineData("true", 32)]
    [InlineData("false", 1)]
    public void Batching_OfAWord_IsOnOrOff(string word, int rows)
    {
        using var host = Build($$$"""{"Flama": {"Batching": {{{word}}}, "Models": {"churn": {"Path": "{{{Xor}}}", "Batching": {{{word}}} } } } }""");

        Assert.Equal(rows, host.Services.GetRequiredService<IOptions<FlamaOptions>>().Value.Batching!.MaxRows);
        Assert.Equal(rows, Assert.Single(host.Services.GetRequiredService<ModelCatalog>().Registrations).Options.Batching!.MaxRows);
    }

    [Fact]
    public void Batching_OutOfRange_StopsTheStart()
    {
        using var host = Build($$$"""{"Flama": {"Models": {"churn": {"Path": "{{{Xor}}}", "Batching": {"MaxQueue": 0} } } } }""");

        var failure = Assert.Throws<FlamaException>(() => host.Services.GetRequiredService<ModelCatalog>());

        Assert.Equal("The model 'churn' cannot be served: Batching.MaxQueue is 0. It must be 1 or more.", failure.Message);
    }

    [Fact]
    public void Code_OverConfiguration_Wins()
    {
        using var host = Build("""{"Flama": {"Title": "File", "Description": "File"} }""", services => services.AddFlama(flama => flama.Title = "Code"));

        var options = host.Services.GetRequiredService<IOptions<FlamaOptions>>().Value;

        Assert.Equal(("Code", "File"), (options.Title, options.Description));
    }

    [Fact]
    public void AddFlama_AnotherSection_IsRead()
    {
        var configuration = Read("""{"Serving": {"Title": "Mine"}, "Flama": {"Title": "Other"} }""");
        using var provider = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddFlama(configuration.GetSection("Serving")).Services.BuildServiceProvider();

        Assert.Equal("Mine", provider.GetRequiredService<IOptions<FlamaOptions>>().Value.Title);
    }

    [Fact]
    public void AddFlama_WithoutConfiguration_HasTheDefaults()
    {
        using var provider = new ServiceCollection().AddFlama().Services.BuildServiceProvider();

        Assert.Equal("Flama", provider.GetRequiredService<IOptions<FlamaOptions>>().Value.Title);
    }

    [Fact]
    public async Task Models_OfListsAndOfNames_AreServed()
    {
        using var host = Build($$$"""{"Flama": {"Models": [{"Path": "{{{Xor}}}", "Name": "a"}, {"Path": "{{{Xor}}}", "LoadsLazily": true}]} }""");
        using var named = Build($$$"""{"Flama": {"Models": {"churn": {"Path": "{{{Xor}}}"} } } }""");

        await host.StartAsync(TestContext.Current.CancellationToken);
        await named.StartAsync(TestContext.Current.CancellationToken);

        var models = host.Services.GetRequiredService<ServedModels>();
        Assert.Equal([("a", true), (Path.GetFileNameWithoutExtension(Xor), false)], models.Models.Select(model => (model.Name, model.IsLoaded)));
        Assert.Equal(["1"], host.Services.GetRequiredKeyedService<ServedModel>("a").PredictLabels([[0, 1]]));
        Assert.Equal(["1"], named.Services.GetRequiredKeyedService<ServedModel>("churn").PredictLabels([[0, 1]]));
    }

    [Fact]
    public void Models_EveryOption_IsRead()
    {
        using var host = Build($$$"""
            {"Flama": {"Models": {"churn": {"Path": "{{{Xor}}}", "Url": "/x/", "ModelKey": "k", "LoadsLazily": true, "IsRequired": false, "Schema": "s.json", "Validation": "warn", "ChecksAnswers": true,
             "Reload": {"Delay": "00:00:02", "Directories": ["d"], "Includes": ["*.flm"], "Excludes": ["*.bak"] }, "Batching": {"MaxRows": 8, "MaxDelay": "00:00:00.005", "MaxQueue": 9}, "InputShapes": ["x=?,3"] } } } }
            """);

        var options = Assert.Single(host.Services.GetRequiredService<ModelCatalog>().Registrations).Options;

        Bound.AssertAllSet(options, new ServedModelOptions());
        Assert.Equal("x=?,3", Assert.Single(options.InputShapes).ToString());
        Bound.AssertAllSet(options.Reload!, new());
        Bound.AssertAllSet(options.Batching!, new());
        Assert.Equal((ValidationMode.Warn, TimeSpan.FromSeconds(2)), (options.Validation, options.Reload!.Delay));
        Assert.Equal(["*.flm", "*.bak"], options.Reload.Includes.Concat(options.Reload.Excludes));
    }

    [Fact]
    public void Models_OfCode_BeginWithTheirEntry()
    {
        using var host = Build(
            """{"Flama": {"Models": {"churn": {"Url": "/file/", "IsRequired": false, "Reload": true} } } }""", services => services.AddFlama().AddModel("churn", "churn.flm", model => model.Url = "/code/"));

        var model = Assert.Single(host.Services.GetRequiredService<ModelCatalog>().Registrations);

        Assert.Equal(("churn.flm", "/code/", false), (model.Path, model.Options.Url, model.Options.IsRequired));
        Assert.NotNull(model.Options.Reload);
    }

    [Fact]
    public void Models_OfVariables_AreAdded()
    {
        const string prefix = "FLAMA_SECTION_TESTS_";
        Environment.SetEnvironmentVariable($"{prefix}Flama__Models__0__Path", Xor);
        Environment.SetEnvironmentVariable($"{prefix}Flama__Models__0__Name", "env");
        Environment.SetEnvironmentVariable($"{prefix}Flama__MaxDegreeOfParallelism", "3");
        try
        {
            using var host = Build("""{"Flama": {"MaxDegreeOfParallelism": 2} }""", more: configuration => configuration.AddEnvironmentVariables(prefix));

            Assert.Equal("env", Assert.Single(host.Services.GetRequiredService<ServedModels>().Models).Name);
            Assert.Equal(3, host.Services.GetRequiredService<IOptions<FlamaOptions>>().Value.MaxDegreeOfParallelism);
        }
        finally
        {
            foreach (var name in new[] { "Models__0__Path", "Models__0__Name", "MaxDegreeOfParallelism" })
            {
                Environment.SetEnvironmentVariable($"{prefix}Flama__{name}", null);
            }
        }
    }

    [Fact]
    public async Task Features_EveryOption_IsRead()
    {
        using var host = Build(
            $$$"""
            {"Flama": {
              "PredictionLog": {"File": "{{{directory}}}/p.jsonl", "SampleRate": 0.5},
              "Repository": {"Directory": "{{{directory}}}", "Url": "/r/", "Versions": "latest:2", "PollInterval": "00:00:00", "MemoryBudgetBytes": 2000000, "MinResidency": "00:00:02", "Validation": "Off", "ChecksAnswers": true, "Pinned": ["a"] } } }
            """,
            services => services.AddFlama().AddPredictionLog().AddRepository());

        var repository = host.Services.GetRequiredService<ModelRepository>();

        Bound.AssertAllSet(repository.Options, new RepositoryOptions());
        Bound.AssertAllSet(host.Services.GetRequiredService<IOptions<PredictionLogOptions>>().Value, new PredictionLogOptions());
        Assert.Equal((directory, "latest:2"), (repository.Directory, repository.Options.Versions.ToString()));
        Assert.Contains("to be pinned", (await Assert.ThrowsAsync<FlamaException>(() => host.StartAsync(TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"Titel": "x"}""", "The configuration has the key Flama:Titel, which is not known.", "Did you mean Flama:Title?")]
    [InlineData("""{"Health": {"Prot": 1} }""", "The configuration has the key Flama:Health:Prot, which is not known.", "Did you mean Flama:Health:Port?")]
    [InlineData("""{"Engines": {"All": 1} }""", "The configuration has the key Flama:Engines, which is not known.", null)]
    [InlineData("""{"Models": [{"Path": "x", "Ulr": "/"}]}""", "The configuration has the key Flama:Models:0:Ulr, which is not known.", "Did you mean Flama:Models:0:Url?")]
    [InlineData("""{"Models": [{"Url": "/"}]}""", "The configuration's Flama:Models:0 has no Path.", "Set Flama:Models:0:Path to the model's file.")]
    [InlineData("""{"Models": [{"Path": "a.flm"}, {"Path": "b/a.flm"}]}""", "The configuration's Flama:Models:1 is the second model of the name 'a'.", "Give each a Name of its own.")]
    [InlineData("""{"Models": {"a": {"Path": "a.flm", "Validation": "hard"} } }""", "The configuration's Flama:Models:a:Validation is 'hard', expected one of Strict, Warn, Off.", null)]
    [InlineData("""{"Models": {"a": {"Path": "a.flm", "Reload": "maybe"} } }""", "The configuration's Flama:Models:a:Reload is 'maybe', expected true, false, or an object with Delay, Directories, Includes, Excludes.", null)]
    [InlineData("""{"MaxDegreeOfParallelism": "many"}""", "The configuration's Flama:MaxDegreeOfParallelism is 'many', expected a whole number.", null)]
    [InlineData("""{"StopDelay": "soon"}""", "The configuration's Flama:StopDelay is 'soon', expected a time such as 00:01:30.", null)]
    [InlineData("""{"HidesInternals": "perhaps"}""", "The configuration's Flama:HidesInternals is 'perhaps', expected true or false.", null)]
    [InlineData("""{"Updates": {"CaseTolerance": "x"} }""", "The configuration's Flama:Updates:CaseTolerance is 'x', expected a number.", null)]
    [InlineData("""{"Health": {"Address": "here"} }""", "The configuration's Flama:Health:Address is 'here', expected an IP address such as 0.0.0.0.", null)]
    [InlineData("""{"Health": "on"}""", "The configuration's Flama:Health is 'on', expected an object with Port, Address.", null)]
    public async Task Start_WrongKeyOrValue_FailsWithTheKey(string section, string message, string? remedy)
    {
        using var host = Build($$$"""{"Flama": {{{section}}} }""");

        var failure = await Assert.ThrowsAsync<FlamaException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal((ErrorCodes.InvalidOption, message), (failure.Code, failure.Message));
        Assert.Equal(remedy ?? failure.Remedy, failure.Remedy);
    }

    [Fact]
    public async Task Start_ValueOutOfRange_FailsWithTheKey()
    {
        using var host = Build("""{"Flama": {"MaxDegreeOfParallelism": 0} }""");

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));

        Assert.Equal("Flama:MaxDegreeOfParallelism is 0. It must be 1 or more; the default is 1.", failure.Message);
    }

    [Fact]
    public async Task Start_FeatureThatIsNotThere_Warns()
    {
        List<string> lines = [];
        using var host = Build($$$"""{"Flama": {"Models": [{"Path": "{{{Xor}}}"}], "Cache": {"Time": "00:01:00"} } }""", log: lines);

        await host.StartAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["The configuration has Flama:Cache, which has no effect: the application does not call AddFlamaCache"], lines.Where(line => line.Contains("no effect", StringComparison.Ordinal)));
    }

    [Fact]
    public void Model_PathInCodeAndConfiguration_IsRefused()
    {
        using var host = Build("""{"Flama": {"Models": {"churn": {"Path": "b.flm"} } } }""", services => services.AddFlama().AddModel("churn", "a.flm"));

        var failure = Assert.Throws<FlamaException>(() => host.Services.GetRequiredService<ServedModels>());

        Assert.Equal("The configuration's Flama:Models:churn:Path is 'b.flm', and the application adds the model 'churn' with a path of its own.", failure.Message);
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private static IHost Build(string json, Action<IServiceCollection>? add = null, Action<IConfigurationBuilder>? more = null, List<string>? log = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddConfiguration(Read(json));
        more?.Invoke(builder.Configuration);
        if (log is not null)
        {
            builder.Logging.AddProvider(new ListLog(log));
        }

        (add ?? (services => services.AddFlama()))(builder.Services);
        return builder.Build();
    }

    private static IConfiguration Read(string json) => new ConfigurationBuilder().AddJsonStream(new MemoryStream(Encoding.UTF8.GetBytes(json))).Build();

    private sealed class ListLog(List<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (lines)
            {
                lines.Add(formatter(state, exception));
            }
        }

        public void Dispose()
        {
        }
    }
}
