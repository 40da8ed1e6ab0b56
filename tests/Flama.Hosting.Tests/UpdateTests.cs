using System.Diagnostics.Metrics;
using System.Text;
using Flama.Hosting;
using Flama.Hosting.Diagnostics;
using Flama.Hosting.Updating;
using Flama.Packaging;

namespace Flama.Tests;

public sealed class UpdateTests
{
    private const string Right = """[{"input": [[0, 1]], "output": [1]}]""";
    private const string Wrong = """[{"input": [[0, 1]], "output": [1]}, {"input": [[0, 0], [1, 1]], "output": [1, 1]}]""";

    private static readonly string Xor = Fixtures.PathOf("flm", "xor__g3-v2.1.0-p2__zstd__sk1.4.2.flm");

    [Fact]
    public void Reload_CasesAsStored_TakesTheNewVersion()
    {
        using TemporaryCopy file = new(Xor);
        using var served = Serve(file.Path);
        Write(file.Path, "next", Right);

        served.Reload(TestContext.Current.CancellationToken);

        Assert.Equal(("next", 1, null), (IdOf(served), served.Replacements, served.LastError));
    }

    [Theory]
    [InlineData(Wrong, "case 1, predict, row 0: expected 1, found 0, and 1 more differences")]
    [InlineData("""[{"input": [[0]], "output": [1]}]""", "its cases cannot be replayed (invalid_input)")]
    [InlineData("""[{"method": "fly", "input": [[0]], "output": [1]}]""", "its cases cannot be replayed (method_not_available)")]
    [InlineData("not JSON", "its cases cannot be replayed (malformed_json)")]
    public void Reload_CasesThatDiffer_KeepsTheOldVersionAndTellsWhy(string cases, string reason)
    {
        using TemporaryCopy file = new(Xor);
        using var served = Serve(file.Path);
        var before = IdOf(served);
        Write(file.Path, "next", cases);

        var failure = Assert.Throws<FlamaException>(() => served.Reload(TestContext.Current.CancellationToken));

        Assert.Equal(ErrorCodes.ExamFailed, failure.Code);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.Same(failure, served.LastError);
        Assert.Equal((before, 0), (IdOf(served), served.Replacements));
    }

    [Fact]
    public void Reload_WithoutTheExam_TakesAnyVersionThatLoads()
    {
        using TemporaryCopy file = new(Xor);
        using var served = Serve(file.Path, new UpdateOptions { Examines = false, WarmUp = TimeSpan.Zero });
        Write(file.Path, "next", Wrong);

        served.Reload(TestContext.Current.CancellationToken);

        Assert.Equal("next", IdOf(served));
    }

    [Fact]
    public void Acquire_FirstVersion_HasNoExam()
    {
        using TemporaryCopy file = new(Xor);
        Write(file.Path, "first", Wrong);

        using var served = Serve(file.Path);

        Assert.Equal("first", IdOf(served));
    }

    [Fact]
    public void Reload_Refused_IsCounted()
    {
        using TemporaryCopy file = new(Xor);
        using ServedModel served = new("refused-and-counted", file.Path, _ => FlamaModel.Load(file.Path));
        served.Acquire().Dispose();
        Write(file.Path, "next", Wrong);
        List<string?> steps = [];
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, owner) =>
        {
            if (instrument.Meter.Name == FlamaDiagnostics.MeterName && instrument.Name == "flama.model.refusals")
            {
                owner.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string?)tag.Value, StringComparer.Ordinal);
            if (all["flama.model"] == served.Name)
            {
                steps.Add(all["flama.step"]);
            }
        });
        listener.Start();

        Assert.Throws<FlamaException>(() => served.Reload(TestContext.Current.CancellationToken));

        Assert.Equal(["cases"], steps);
    }

    [Fact]
    public void Reload_ManyTimes_GivesTheOldVersionsBack()
    {
        using TemporaryCopy file = new(Xor);
        using var served = Serve(file.Path);
        List<WeakReference> old = [];
        for (var i = 0; i < 5; i++)
        {
            old.Add(LookAt(served));
            served.Reload(TestContext.Current.CancellationToken);
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);

        Assert.All(old, version => Assert.False(version.IsAlive, "A version that was replaced is still held."));
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference LookAt(ServedModel served)
    {
        using var lease = served.Acquire();
        return new(lease.Model);
    }

    private static ServedModel Serve(string path, UpdateOptions? updates = null)
    {
        ServedModel served = new("m", path, _ => FlamaModel.Load(path)) { Updates = updates ?? new() };
        served.Acquire().Dispose();
        return served;
    }

    private static string IdOf(ServedModel served)
    {
        using var lease = served.Acquire();
        return lease.Model.Metadata.Id;
    }

    private static void Write(string path, string id, string cases)
    {
        using var source = ModelPackage.Open(Xor);
        var content = new PackageBuilder(source, new ModelEngines().AddManaged()) { Id = id }
            .AddArtifact(ArtifactContent.FromBytes("cases.json", Encoding.UTF8.GetBytes(cases))).Build();
        ModelPackage.Save($"{path}.new", content);
        File.Move($"{path}.new", path, overwrite: true);
    }
}
