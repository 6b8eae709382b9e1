import './styles/base.css';
import './styles/closed.css';
import './styles/head.css';
import './styles/tiles.css';
import './styles/panels.css';
import './styles/narrow.css';
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
