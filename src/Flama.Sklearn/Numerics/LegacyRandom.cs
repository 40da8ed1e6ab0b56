namespace Flama.Sklearn.Numerics;

/// <summary>The numbers that numpy's <c>RandomState</c> of an int seed draws: a Mersenne twister (MT19937), the same in every numpy since 1.17.</summary>
/// <remarks>Not thread-safe: one instance per call, as Python makes one per call from <c>random_state</c>.</remarks>
internal sealed class LegacyRandom
{
    private const int Length = 624;
    private const int Shift = 397;

    private const double Half = 0.5;

    private readonly uint[] words = new uint[Length];
    private int next = Length;

    public LegacyRandom(uint seed)
    {
        words[0] = seed;
        for (var i = 1; i < Length; i++)
        {
            words[i] = (1812433253 * (words[i - 1] ^ (words[i - 1] >> 30))) + (uint)i;
        }
    }

    /// <summary>The seed that an estimator draws with in every call; null when each call of Python draws other numbers.</summary>
    public static uint? SeedOf(EstimatorState state) => state.Value("random_state") is long seed and >= 0 and <= uint.MaxValue ? (uint)seed : null;

    /// <summary>A whole number from 0 to below a bound: <c>randint(0, bound)</c>.</summary>
    public int Integer(int bound)
    {
        var largest = (uint)(bound - 1);
        if (largest == 0)
        {
            return 0;
        }

        var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(largest);
        while (true)
        {
            var value = Word() & mask;
            if (value <= largest)
            {
                return (int)value;
            }
        }
    }

    /// <summary>The position that one draw falls on: where <c>multinomial(1, probabilities)</c> has its one.</summary>
    public int Position(ReadOnlySpan<double> probabilities)
    {
        var rest = 1.0;
        for (var i = 0; i < probabilities.Length - 1; i++)
        {
            if (Succeeds(probabilities[i] / rest))
            {
                return i;
            }

            rest -= probabilities[i];
        }

        return probabilities.Length - 1;
    }

    // binomial(1, p) by inversion: numpy draws for the less likely outcome, and again where the sum of both rounds to below the draw.
    private bool Succeeds(double probability)
    {
        if (probability == 0)
        {
            return false;
        }

        var rare = probability <= Half ? probability : 1 - probability;
        var common = 1 - rare;
        var first = Math.Exp(Math.Log(common));
        while (true)
        {
            var draw = Double();
            if (draw <= first)
            {
                return probability > Half;
            }

            if (draw - first <= rare * first / common)
            {
                return probability <= Half;
            }
        }
    }

    private double Double()
    {
        var high = Word() >> 5;
        var low = Word() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    private uint Word()
    {
        if (next == Length)
        {
            Refill();
        }

        var y = words[next++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >> 18);
    }

    private void Refill()
    {
        for (var i = 0; i < Length; i++)
        {
            var y = (words[i] & 0x80000000) | (words[(i + 1) % Length] & 0x7fffffff);
            words[i] = words[(i + Shift) % Length] ^ (y >> 1) ^ ((y & 1) == 0 ? 0 : 0x9908b0df);
        }

        next = 0;
    }
}
