namespace Flama.Hosting.Batching;

/// <summary>Whether joining calls pays, as measured. Its owner locks.</summary>
/// <param name="time">The clock.</param>
internal sealed class JoinWorth(TimeProvider time)
{
    // Of the last measurement; the rest is what was known before.
    private const double Weight = 1.0 / 16;

    // After so many joint calls it is decided.
    private const int Enough = 32;

    // Another thread takes an answer over: what that costs the server.
    private static readonly TimeSpan Handover = TimeSpan.FromMicroseconds(10);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromMinutes(5);

    private readonly double handover = Handover.TotalSeconds * time.TimestampFrequency;
    private double alone, together;
    private int joint;
    private bool isPaused;
    private long pausedSince;
    private TimeSpan pause;

    /// <summary>Decides whether calls are to be joined now. After a pause they are, on trial: the machine may be another by now, and so may the requests.</summary>
    public bool Decide()
    {
        if (isPaused && time.GetElapsedTime(pausedSince) >= pause)
        {
            (isPaused, joint, together) = (false, 0, 0);
        }

        return !isPaused && (alone == 0 || alone > handover);
    }

    /// <summary>How long a call of one request takes.</summary>
    public TimeSpan Alone => TimeSpan.FromSeconds(alone / time.TimestampFrequency);

    /// <summary>Notes a call of one request.</summary>
    public void NoteAlone(long elapsed) => alone = alone == 0 ? elapsed : alone + (Weight * (elapsed - alone));

    /// <summary>Notes a call of several, with what it took to put them together and to divide their answers.</summary>
    public void NoteTogether(long elapsed, int requests)
    {
        var each = (double)elapsed / requests;
        together = together == 0 ? each : together + (Weight * (each - together));
        if (++joint < Enough || alone == 0)
        {
            return;
        }

        joint = 0;
        if (together + handover < alone)
        {
            pause = TimeSpan.Zero;
        }
        else
        {
            (isPaused, pausedSince) = (true, time.GetTimestamp());
            pause = pause == TimeSpan.Zero ? FirstPause : TimeSpan.FromTicks(Math.Min(2 * pause.Ticks, LongestPause.Ticks));
        }
    }
}
