using Flama.Tests;

namespace Flama.Keras.Tests.Golden;

/// <summary>Cases of the real libraries: a few always, all of them where the shared folder is there.</summary>
public sealed class KerasGoldenTests
{
    [Theory]
    [InlineData("keras2.15.zip")]
    [InlineData("keras3.x.zip")]
    [InlineData("savedmodel.zip")]
    public void Cases_OfTheFixtures_AnswerAsInKeras(string archive)
    {
        using var cases = GoldenArchive.OpenFile(Fixtures.PathOf("golden", "keras", archive));

        Check(archive, cases);
    }

    [Theory]
    [InlineData("keras2.15.zip")]
    [InlineData("keras3.x.zip")]
    [InlineData("keras3.0.zip")]
    [InlineData("tf_keras2.16.zip")]
    [InlineData("savedmodel.zip")]
    public void Cases_OfTheSharedFolder_AnswerAsInKeras(string archive)
    {
        using var cases = GoldenArchive.Open("keras", archive);
        Assert.SkipWhen(cases is null, "The shared folder is not there.");

        Check(archive, cases!);
    }

    // Those that fail are those of the list, each for its reason; one that answers after all is to be taken out of it.
    private static void Check(string archive, GoldenArchive cases)
    {
        var filter = Environment.GetEnvironmentVariable("FLAMA_KERAS_CASES");
        bool IsMeant(string name) => filter is null || name.Contains(filter, StringComparison.Ordinal);

        var (count, failures) = GoldenRun.All(cases, IsMeant);

        var all = failures.ToDictionary(failure => failure[..failure.IndexOf(':', StringComparison.Ordinal)], failure => failure, StringComparer.Ordinal);
        List<string> wrong = [.. all.Where(failure => !KnownFailures.All.TryGetValue(failure.Key, out var reason) || !failure.Value.Contains(reason, StringComparison.Ordinal)).Select(failure => failure.Value)];
        wrong.AddRange(cases.Cases.Where(name => IsMeant(name) && KnownFailures.All.ContainsKey(name) && !all.ContainsKey(name)).Select(name => $"{name} answers: take it out of the list"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{archive}: {count - failures.Count} of {count}");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count} fail:\n{string.Join('\n', wrong)}");
    }
}
