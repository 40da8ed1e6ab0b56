namespace Flama.Hosting.Predictions;

/// <summary>How long a request took, in counts of <see cref="System.Diagnostics.Stopwatch"/>; parts that it did not reach are 0.</summary>
/// <param name="Total">From its head to its answer.</param>
/// <param name="Read">Until its rows were read and checked.</param>
/// <param name="Predict">While the model computed.</param>
/// <param name="Write">Until the answer was with the server.</param>
internal readonly record struct RequestTimes(long Total, long Read, long Predict, long Write);
