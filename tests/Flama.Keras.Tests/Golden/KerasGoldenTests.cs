namespace Flama.Keras.Tests.Golden;

/// <summary>Every case of the real libraries, where the shared folder is there.</summary>
public sealed class KerasGoldenTests
{
    // How many cases may fail, and how many do at most.
    [Theory]
    [InlineData("keras2.15.zip")]
    [InlineData("keras3.x.zip")]
    [InlineData("keras3.0.zip")]
    [InlineData("tf_keras2.16.zip")]
    [InlineData("savedmodel.zip")]
    public void Cases_OfTheRealLibrary_AnswerAsThere(string archive)
    {
        using var cases = GoldenArchive.Open("keras", archive);
        Assert.SkipWhen(cases is null, "The shared folder is not there.");
        var filter = Environment.GetEnvironmentVariable("FLAMA_KERAS_CASES");

        var (count, failures) = GoldenRun.All(cases!, filter is null ? null : name => name.Contains(filter, StringComparison.Ordinal));

        TestContext.Current.TestOutputHelper?.WriteLine($"{archive}: {count - failures.Count} of {count}");
        Assert.True(failures.Count == 0, $"{failures.Count} of {count} fail:\n{string.Join('\n', failures)}");
    }
}
