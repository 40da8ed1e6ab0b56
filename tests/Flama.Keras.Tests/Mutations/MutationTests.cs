using System.Diagnostics;
using Flama.Keras.Tests.Golden;
using Flama.Onnx;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.Keras.Tests.Mutations;

/// <summary>Files with bytes changed, cut off or doubled, and with other values in their JSON: an answer or a failure of a kind that is known, soon and in little memory.</summary>
public sealed class MutationTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private readonly KerasEngine engine = new(new OnnxOptions());
    private readonly List<string> wrong = [];
    private readonly Mutation mutation = new(new Random(20261130));
    private int count;

    // Files that are refused by the catch of everything alone: each should have a check of its own.
    private int unnamed;

    [Theory]
    [InlineData("keras2.15.zip")]
    [InlineData("keras3.x.zip")]
    public void Files_ThatAreChanged_FailInKnownWays(string archive)
    {
        using var cases = GoldenArchive.OpenFile(Fixtures.PathOf("golden", "keras", archive));

        foreach (var golden in cases.Cases.Select(cases.Read).Where(golden => golden.Expect == "values"))
        {
            var original = cases.ReadModel(golden);
            var isArchive = golden.File.EndsWith(".keras", StringComparison.Ordinal);
            for (var i = 0; i < 150; i++)
            {
                var changed = isArchive && i % 5 > 0 ? mutation.Entry(original) : mutation.Bytes(original);
                Try($"{golden.Name} {i}", () =>
                {
                    using var package = ModelPackage.Open(changed, golden.File);
                    return engine.Load(package.ReadModel(), new LoadOptions());
                });
            }
        }

        Check();
    }

    [Fact]
    public void SavedModels_ThatAreChanged_FailInKnownWays()
    {
        using var cases = GoldenArchive.OpenFile(Fixtures.PathOf("golden", "keras", "savedmodel.zip"));

        foreach (var golden in cases.Cases.Select(cases.Read).Where(golden => golden.Expect == "values"))
        {
            var files = cases.ReadFiles(golden);
            for (var i = 0; i < 200; i++)
            {
                var which = i % 4 == 0 ? files.Keys.ElementAt(i / 4 % files.Count) : files.Keys.First(name => name.EndsWith(".pb", StringComparison.Ordinal) && !name.StartsWith("finger", StringComparison.Ordinal));
                var changed = mutation.Bytes(files[which]);
                byte[] Read(string name) => name == which ? changed : files[name];
                var main = files.ContainsKey("saved_model.pb") ? "saved_model.pb" : golden.File;
                ModelSource source = new(main, main == "saved_model.pb" ? ModelFormats.SavedModel : ModelFormats.TensorFlowGraph, ModelPayload.FromMemory(Read(main)))
                {
                    SideFiles = [.. files.Keys.Where(name => name != main).Select(name => new SideFile(name, ModelPayload.FromMemory(Read(name))))],
                };
                Try($"{golden.Name} {i}", () => engine.Load(source, new LoadOptions()));
            }
        }

        Check();
    }

    private void Try(string name, Func<Model> load)
    {
        count++;
        var clock = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            load().Dispose();
        }
        catch (FlamaException failure)
        {
            // A failure of a kind that is known.
            if (failure.Message.Contains("does not expect (", StringComparison.Ordinal))
            {
                unnamed++;
                TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {failure.InnerException!.Message} {failure.InnerException.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Flama", StringComparison.Ordinal))?.Trim()}");
            }
        }
        catch (Exception failure)
        {
            wrong.Add($"{name}: {failure.GetType().Name} {failure.Message} {failure.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Flama", StringComparison.Ordinal))?.Trim()}");
        }

        if (clock.Elapsed > Longest || GC.GetAllocatedBytesForCurrentThread() - before > 500L << 20)
        {
            wrong.Add($"{name}: {clock.Elapsed}, {(GC.GetAllocatedBytesForCurrentThread() - before) >> 20} MB");
        }
    }

    private void Check()
    {
        Assert.True(wrong.Count == 0, $"{wrong.Count}:\n{string.Join('\n', wrong.Take(30))}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{unnamed} of {count} have no check of their own");
        Assert.Equal(0, unnamed);
    }
}
