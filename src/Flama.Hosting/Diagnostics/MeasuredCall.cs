using System.Diagnostics;

namespace Flama.Hosting.Diagnostics;

/// <summary>Runs a method, measured when someone listens to <see cref="FlamaDiagnostics"/>.</summary>
internal static class MeasuredCall
{
    /// <summary>Runs the method.</summary>
    /// <param name="model">The name under which the model is served; empty for one without a name.</param>
    /// <param name="method">The method.</param>
    /// <param name="input">What it takes; stays the caller's.</param>
    /// <param name="options">Threads and cancellation.</param>
    public static ModelOutput Invoke(string model, ModelMethod method, ModelInput input, in InvokeOptions options)
    {
        if (!FlamaDiagnostics.IsEnabled)
        {
            return method.Invoke(input, options);
        }

        using var activity = FlamaDiagnostics.Activities.StartActivity("flama.predict");
        activity?.SetTag("flama.model", model).SetTag("flama.method", method.Name).SetTag("flama.rows", input.Rows);
        var start = Stopwatch.GetTimestamp();
        var failed = true;
        try
        {
            var output = method.Invoke(input, options);
            failed = false;
            return output;
        }
        finally
        {
            if (failed)
            {
                activity?.SetStatus(ActivityStatusCode.Error);
            }

            FlamaDiagnostics.NoteCall(model, method.Name, input.Rows, Stopwatch.GetElapsedTime(start), failed);
        }
    }
}
