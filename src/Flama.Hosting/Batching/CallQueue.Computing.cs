using System.Diagnostics.CodeAnalysis;
using Flama.Hosting.Diagnostics;
using Flama.Joining;

namespace Flama.Hosting.Batching;

/// <summary>Computing calls that were taken out of the queue.</summary>
internal sealed partial class CallQueue
{
    // So many joint calls are compared with calls of each alone before they are believed: what a graph says of its dimensions may not be so.
    private const int Comparisons = 3;

    private ModelOutput Compute(ModelInput input, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        var output = MeasuredCall.Invoke(model, method, input, new(degree, cancellationToken));
        var elapsed = time.GetTimestamp() - began;
        lock (locking)
        {
            worth.NoteAlone(elapsed);
        }

        return output;
    }

    [SuppressMessage("Design", "CA1031", Justification = "The failure is the caller's, who waits elsewhere.")]
    private void ComputeAlone(WaitingCall call, ModelInput input)
    {
        try
        {
            call.Complete(Compute(input, call.CancellationToken));
        }
        catch (Exception failure)
        {
            call.Fail(failure);
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "The failure is the callers', who wait elsewhere.")]
    private void ComputeTogether(List<WaitingCall> calls)
    {
        var began = time.GetTimestamp();
        ModelInput joined;
        try
        {
            joined = JoinedInputs.Join([.. calls.Select(call => call.Input)]);
        }
        catch (Exception failure)
        {
            calls.ForEach(call => call.Fail(failure));
            return;
        }

        using (joined)
        {
            using JointCall joint = new(calls.Count);
            Enter(calls, joint);
            try
            {
                using var output = MeasuredCall.Invoke(model, method, joined, new(degree, joint.CancellationToken));
                FlamaDiagnostics.NoteJoined(model, calls.Count);
                var isNew = Volatile.Read(ref compared) < Comparisons;
                if (SplitAnswer.IsByRow(output, joined.Rows) && (!isNew || IsAsAlone(calls, joined, output)))
                {
                    Divide(calls, output);
                    if (!isNew)
                    {
                        Note(began, calls);
                    }
                }
                else
                {
                    JoinNoMore();
                    ComputeEach(calls, joined);
                }
            }
            catch (Exception)
            {
                // All are gone, or one of them is wrong: each finds out for itself. Where none is, it is joining that fails.
                ComputeEach(calls, joined);
                if (calls.TrueForAll(call => call.Answer.IsCompletedSuccessfully))
                {
                    JoinNoMore();
                }

                Note(began, calls);
            }
            finally
            {
                Enter(calls, null);
            }
        }
    }

    // Whoever is gone meanwhile is left out.
    private bool IsAsAlone(List<WaitingCall> calls, ModelInput joined, ModelOutput output)
    {
        Interlocked.Increment(ref compared);
        var first = 0;
        foreach (var call in calls)
        {
            if (!call.Answer.IsCompleted)
            {
                using var own = JoinedInputs.Take(joined, first, call.Rows);
                using var part = SplitAnswer.Take(output, first, call.Rows);
                using var alone = Compute(own, call.CancellationToken);
                if (!CloseAnswers.AreClose(alone, part))
                {
                    return false;
                }
            }

            first += call.Rows;
        }

        return true;
    }

    private void JoinNoMore()
    {
        lock (locking)
        {
            isApart = true;
        }
    }

    private void Note(long began, List<WaitingCall> calls)
    {
        var elapsed = time.GetTimestamp() - began;
        lock (locking)
        {
            worth.NoteTogether(elapsed, calls.Count);
        }
    }

    private void Enter(List<WaitingCall> calls, JointCall? joint)
    {
        lock (locking)
        {
            foreach (var call in calls)
            {
                (call.IsReading, call.Joint) = (false, joint);
                if (joint is not null && call.CancellationToken.IsCancellationRequested)
                {
                    Cancel(call);
                }
            }
        }
    }

    private static void Divide(List<WaitingCall> calls, ModelOutput output)
    {
        var first = 0;
        foreach (var call in calls)
        {
            call.Complete(SplitAnswer.Take(output, first, call.Rows));
            first += call.Rows;
        }
    }

    // Those who have no answer yet.
    private void ComputeEach(List<WaitingCall> calls, ModelInput joined)
    {
        var first = 0;
        foreach (var call in calls)
        {
            if (!call.Answer.IsCompleted)
            {
                using var own = JoinedInputs.Take(joined, first, call.Rows);
                ComputeAlone(call, own);
            }

            first += call.Rows;
        }
    }
}
