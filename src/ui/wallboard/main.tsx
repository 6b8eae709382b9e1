import './board.css';
import React from 'react';
import { createRoot } from 'react-dom/client';
import { Board } from './board.tsx';
import { ReloadOnFault } from './reload-on-fault.tsx';

const element = document.getElementById('board');
if (element)
  createRoot(element).render(
    <ReloadOnFault>
      <Board version={element.dataset.version ?? ''} />
    </ReloadOnFault>,
  );
