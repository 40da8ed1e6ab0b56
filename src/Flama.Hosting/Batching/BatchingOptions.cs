namespace Flama.Hosting.Batching;

/// <summary>How requests of one model that come at the same time are computed together. Not to be changed once the model is used.</summary>
/// <remarks>
/// Requests are joined where one call for all of them takes less time than a call for each: the server measures both, and computes each by itself while that is faster. A request never waits
/// while the processors are idle. Answers are those of each request alone; a request that fails fails alone.
/// </remarks>
public sealed class BatchingOptions
{
    /// <summary>The most rows that are computed together, 1 or more; 1 joins nothing. Requests of as many rows or more are computed by themselves. Default 32.</summary>
    public int MaxRows { get; set; } = 32;

    /// <summary>
    /// The longest time that a request waits for others while more are expected; zero for none: then those are joined that wait for a processor anyway. It never waits longer than the model
    /// takes for one request, and not below a millisecond, which no timer keeps. Default 2 milliseconds.
    /// </summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromMilliseconds(2);

    /// <summary>The most requests that wait, 1 or more; those beyond are refused with <see cref="ErrorCodes.Overloaded"/>. Default 1000.</summary>
    public int MaxQueue { get; set; } = 1000;

    /// <summary>What is wrong with the options; none where nothing is.</summary>
    internal IEnumerable<string> Failures(string name)
    {
        if (MaxRows is < 1 or > 100_000)
        {
            yield return $"{name}.MaxRows is {MaxRows}. It must be from 1 to 100000.";
        }

        if (MaxDelay < TimeSpan.Zero || MaxDelay > TimeSpan.FromSeconds(1))
        {
            yield return $"{name}.MaxDelay is {MaxDelay}. It must be from zero to one second.";
        }

        if (MaxQueue < 1)
        {
            yield return $"{name}.MaxQueue is {MaxQueue}. It must be 1 or more.";
        }
    }
}
