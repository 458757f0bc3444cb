namespace CircuitSim.Circuit.Linear;

/// <summary>Turns matrices between [sample, item], as callers keep them, and [item, sample], as vectorised kernels want them.</summary>
internal static unsafe class DenseTranspose
{
    private const int Lanes = 8;

    /// <summary>Writes samples as columns; columns from <paramref name="samples"/> to 32 become zero.</summary>
    /// <param name="from">Row-major [sample, item], at any address.</param>
    /// <param name="samples">Samples, at most 32.</param>
    /// <param name="items">Numbers a sample.</param>
    /// <param name="to">Receives [item, sample] with rows of <paramref name="stride"/> numbers, on a cache line.</param>
    /// <param name="stride">Row length of <paramref name="to"/>.</param>
    internal static void ToColumns<TLanes>(double* from, int samples, int items, double* to, int stride)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        int wholeSamples = samples / Lanes * Lanes, wholeItems = items / Lanes * Lanes;
        for (int s = 0; s < wholeSamples; s += Lanes)
            for (int k = 0; k < wholeItems; k += Lanes)
            {
                double* block = from + (long)s * items + k, target = to + (long)k * stride + s;
                TLanes a = TLanes.LoadAnywhere(block), b = TLanes.LoadAnywhere(block + items);
                TLanes c = TLanes.LoadAnywhere(block + 2 * items), d = TLanes.LoadAnywhere(block + 3 * items);
                TLanes e = TLanes.LoadAnywhere(block + 4 * items), f = TLanes.LoadAnywhere(block + 5 * items);
                TLanes g = TLanes.LoadAnywhere(block + 6 * items), h = TLanes.LoadAnywhere(block + 7 * items);
                TLanes.Transpose(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
                TLanes.Store(target, a);
                TLanes.Store(target + stride, b);
                TLanes.Store(target + 2 * stride, c);
                TLanes.Store(target + 3 * stride, d);
                TLanes.Store(target + 4 * stride, e);
                TLanes.Store(target + 5 * stride, f);
                TLanes.Store(target + 6 * stride, g);
                TLanes.Store(target + 7 * stride, h);
            }

        for (int k = 0; k < items; k++)
            for (int s = k < wholeItems ? wholeSamples : 0; s < stride; s++)
                to[(long)k * stride + s] = s < samples ? from[(long)s * items + k] : 0;
    }

    /// <summary>Writes columns as samples.</summary>
    /// <param name="from">[item, sample], on a cache line.</param>
    /// <param name="stride">Distance between rows of <paramref name="from"/>.</param>
    /// <param name="items">Numbers a sample.</param>
    /// <param name="to">Receives row-major [sample, item], at any address.</param>
    /// <param name="samples">Samples to write.</param>
    internal static void ToRows<TLanes>(double* from, int stride, int items, double* to, int samples)
        where TLanes : struct, IDoubleLanes<TLanes>
    {
        int wholeSamples = samples / Lanes * Lanes, wholeItems = items / Lanes * Lanes;
        for (int s = 0; s < wholeSamples; s += Lanes)
            for (int k = 0; k < wholeItems; k += Lanes)
            {
                double* block = from + (long)k * stride + s, target = to + (long)s * items + k;
                TLanes a = TLanes.Load(block), b = TLanes.Load(block + stride), c = TLanes.Load(block + 2 * stride), d = TLanes.Load(block + 3 * stride);
                TLanes e = TLanes.Load(block + 4 * stride), f = TLanes.Load(block + 5 * stride), g = TLanes.Load(block + 6 * stride);
                TLanes h = TLanes.Load(block + 7 * stride);
                TLanes.Transpose(ref a, ref b, ref c, ref d, ref e, ref f, ref g, ref h);
                TLanes.StoreAnywhere(target, a);
                TLanes.StoreAnywhere(target + items, b);
                TLanes.StoreAnywhere(target + 2 * items, c);
                TLanes.StoreAnywhere(target + 3 * items, d);
                TLanes.StoreAnywhere(target + 4 * items, e);
                TLanes.StoreAnywhere(target + 5 * items, f);
                TLanes.StoreAnywhere(target + 6 * items, g);
                TLanes.StoreAnywhere(target + 7 * items, h);
            }

        for (int s = 0; s < samples; s++)
            for (int k = s < wholeSamples ? wholeItems : 0; k < items; k++) to[(long)s * items + k] = from[(long)k * stride + s];
    }
}
