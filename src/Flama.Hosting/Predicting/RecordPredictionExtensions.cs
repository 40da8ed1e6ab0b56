using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Flama.Adapters;
using Flama.Hosting;
using Flama.Hosting.Predicting;

namespace Flama;

/// <summary>Predicting with records of a program. All members are thread-safe.</summary>
public static class RecordPredictionExtensions
{
    // Of a stream of records; more at once are not faster.
    private const int MostAtOnce = 256;

    /// <summary>Predicts for records and answers with records.</summary>
    /// <remarks>
    /// An answer is a string, a number, a boolean or an enum (the label), or a type whose constructor parameters or settable properties are called <c>Label</c>,
    /// <c>Prediction</c> or <c>Output</c> (what <c>predict</c> answers), <c>Probability</c> (of the predicted label), <c>Probabilities</c> (a dictionary by label),
    /// or marked with <see cref="ProbabilityAttribute"/>. Both types are checked against the model at the first call; nothing is reflected per row.
    /// </remarks>
    /// <typeparam name="TRow">The record of a row; see <see cref="ModelRows.OfRecords{TRow}"/>.</typeparam>
    /// <typeparam name="TAnswer">The answer.</typeparam>
    /// <returns>An answer per row.</returns>
    /// <exception cref="FlamaException">A type does not fit the model, or a row is not what it takes.</exception>
    public static TAnswer[] Predict<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] TAnswer>(
        this IModelHandle model, IEnumerable<TRow> rows, in InvokeOptions options = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var lease = model.Acquire();
        var method = lease.Model.GetMethod(ModelMethod.Predict);
        var binding = AnswerBinding<TAnswer>.For(lease.Model);
        using var input = ModelHandleExtensions.ToInput(method, ModelRows.OfRecords(rows));
        using var output = ModelHandleExtensions.Run(model, method, input, options);
        using var probabilities = binding.NeedsProbabilities ? ModelHandleExtensions.Run(model, lease.Model.GetMethod(ModelMethod.PredictProba), input, options) : null;
        return binding.Make(output, probabilities);
    }

    /// <summary>Predicts for one record and answers with a record.</summary>
    /// <inheritdoc cref="Predict{TRow, TAnswer}(IModelHandle, IEnumerable{TRow}, in InvokeOptions)"/>
    /// <param name="model">The model.</param>
    /// <param name="row">The record.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <returns>Its answer.</returns>
    public static TAnswer PredictOne<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] TAnswer>(
        this IModelHandle model, TRow row, in InvokeOptions options = default) => model.Predict<TRow, TAnswer>([row], options)[0];

    /// <summary>Predicts for records as they come, those that are there at once together.</summary>
    /// <inheritdoc cref="Predict{TRow, TAnswer}(IModelHandle, IEnumerable{TRow}, in InvokeOptions)"/>
    /// <param name="model">The model; one that is replaced meanwhile answers the records that come after.</param>
    /// <param name="rows">The records.</param>
    /// <param name="cancellationToken">Ends the reading and the computation.</param>
    /// <returns>An answer for each record, in their order; none of those that came with one that is not what the model takes.</returns>
    public static async IAsyncEnumerable<TAnswer> PredictAsync<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] TAnswer>(
        this IModelHandle model, IAsyncEnumerable<TRow> rows, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(rows);
        List<TRow> waiting = [];
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var source = rows.GetAsyncEnumerator(ending.Token);
        var next = Task.FromResult(false);
        var isPending = false;
        try
        {
            while (true)
            {
                (next, isPending) = (source.MoveNextAsync().AsTask(), true);
                if (waiting.Count == MostAtOnce || (waiting.Count > 0 && !next.IsCompleted))
                {
                    foreach (var answer in model.Predict<TRow, TAnswer>(waiting, new(cancellationToken)))
                    {
                        yield return answer;
                    }

                    waiting.Clear();
                }

                isPending = false;
                if (!await next)
                {
                    break;
                }

                waiting.Add(source.Current);
            }
        }
        finally
        {
            if (isPending)
            {
                // Whoever reads the answers has enough of them: a source cannot be disposed while it is asked.
                await ending.CancelAsync();
                await IgnoreAsync(next);
            }
        }

        foreach (var answer in waiting.Count == 0 ? [] : model.Predict<TRow, TAnswer>(waiting, new(cancellationToken)))
        {
            yield return answer;
        }
    }

    /// <summary>Checks that records fit a model, as the first call with them would.</summary>
    internal static void CheckRecords<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] TRow,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors)] TAnswer>(Model model)
    {
        var method = model.GetMethod(ModelMethod.Predict);
        RecordBinding<TRow>.For((TableSpec)(method.Input is TableSpec ? method : MethodAdapters.AsRows(method)).Input);
        _ = AnswerBinding<TAnswer>.For(model);
    }

    private static async Task IgnoreAsync(Task<bool> asked)
    {
        try
        {
            _ = await asked;
        }
        catch (OperationCanceledException)
        {
            // As it was told.
        }
    }
}
